/** Stands for a secret that is not shown. */
export const MASK = '••••••••';

export const MASK_REFUSED = 'the masked value cannot be used here; enter the key or generate one';

export const isMask = (text: string | undefined): boolean => text?.trim() === MASK;
