/** A piece of HTML that is safe to put into another. */
export class Html {
  constructor(readonly text: string) {}
}

type Piece = string | number | Html | readonly Html[] | undefined;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

function write(piece: Piece): string {
  if (piece === undefined) return '';
  if (piece instanceof Html) return piece.text;
  return typeof piece === 'object' ? piece.map(({ text }) => text).join('') : escape(String(piece));
}

/** Everything between the quotes of the author is HTML, everything put in is text: to forget escaping is not possible. */
export const html = (literals: TemplateStringsArray, ...pieces: Piece[]): Html =>
  new Html(literals.reduce((text, literal, index) => text + write(pieces[index - 1]) + literal));
