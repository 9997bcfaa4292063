const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Ids are opaque to callers, so one of another shape is simply the id of nothing. */
export const isUuid = (id: string): boolean => UUID.test(id);
