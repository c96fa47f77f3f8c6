// The floor of all: a handler that does nothing.
export const handler = async () => ({ statusCode: 200 });
