/** The package's own entry prints a warning on Node 20, on which it works: the module behind that entry is the same provider. */
declare module 'oidc-provider/lib/provider.js' {
  export { default as Provider } from 'oidc-provider';
}
