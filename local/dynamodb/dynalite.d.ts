/** dynalite ships no types; this is the part of it that the local cloud uses. */
declare module 'dynalite' {
  import type { Server } from 'node:http';
  const dynalite: (options?: { createTableMs?: number; path?: string }) => Server;
  export default dynalite;
}
