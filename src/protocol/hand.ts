/** Stands as the file of a call that a person made, from the timeline: what the debugger is given to run there goes by it. */
export const HAND = 'thread-lifelines:hand';
