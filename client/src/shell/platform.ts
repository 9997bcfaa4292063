const apple = /Mac|iPhone|iPad/.test(navigator.userAgent);

export const paletteKey = apple ? '⌘K' : 'Ctrl K';
