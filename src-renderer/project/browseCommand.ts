/** The command that exposes further folders to browser windows; the same in every language. */
export const BROWSE_COMMAND = 'layerloom serve --browse'
