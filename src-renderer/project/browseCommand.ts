/** What opens further folders to the windows of a browser; the same in every language. */
export const BROWSE_COMMAND = 'layerloom serve --browse'
