export const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

/** A pattern for ILIKE that matches whatever contains the text. */
export const containing = (text: string): string => `%${escapeLike(text)}%`;
