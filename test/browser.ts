/**
 * A real Chromium for tests, found in this order: `CHROMIUM_PATH`, the system's, the one inside `@sparticuz/chromium`.
 * The last needs nothing on the machine but glibc (Linux x64): its package holds the libraries and the fonts as well.
 */
import { execFileSync } from 'node:child_process';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdtempSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { chromium, type Browser } from 'playwright-core';

export interface Found {
  readonly executablePath: string;
  readonly args: readonly string[];
  readonly env: Record<string, string>;
}

/** Nothing that a test does needs the network beyond 127.0.0.1, nor a browser that phones home. */
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-first-run',
  '--no-pings',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  // Chromium refuses to run as root inside its sandbox, and containers seldom allow the sandbox at all.
  '--no-sandbox',
];

/** The browser and how to start it, quietly. Throws when no Chromium can be had. */
export async function findBrowser(): Promise<Found> {
  const { executablePath, args, env } = fromEnvironment() ?? fromSystem() ?? (await fromPackage());
  return { executablePath, args: [...quiet, ...args], env: { ...environment(), ...env } };
}

/** Starts a browser; the caller closes it. Throws when no Chromium can be had. */
export async function launchBrowser(): Promise<Browser> {
  const { executablePath, args, env } = await findBrowser();
  return chromium.launch({ executablePath, args: [...args], env });
}

/** The same, or null with a loud message, for tests that then skip. */
export async function browserOrSkip(): Promise<Browser | null> {
  try {
    return await launchBrowser();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    process.stderr.write(
      `\n*** NO BROWSER: the tests in a real browser are SKIPPED. Set CHROMIUM_PATH. ***\n${why}\n\n`,
    );
    return null;
  }
}

const environment = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );

function fromEnvironment(): Found | null {
  const path = process.env['CHROMIUM_PATH'];
  return path ? { executablePath: path, args: [], env: {} } : null;
}

function fromSystem(): Found | null {
  // The first has no window to draw, and takes half the time of the others.
  const names = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const found = folders.flatMap((folder) => names.map((name) => join(folder, name))).find((path) => existsSync(path));
  return found ? { executablePath: found, args: [], env: {} } : null;
}

const version = '143.0.0';

/** Unpacked once a machine. Its own helper is not used: it takes half-written files of another process for whole ones. */
async function fromPackage(): Promise<Found> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('@sparticuz/chromium is for Linux x64 only');
  const home = join(tmpdir(), `chromium-for-tests-${version}`);
  if (!existsSync(home)) await unpackInto(home);
  const libraries = [join(home, 'lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(delimiter);
  return {
    executablePath: join(home, 'chromium'),
    args: ['--no-zygote', '--disable-webgl', '--font-render-hinting=none'],
    env: { LD_LIBRARY_PATH: libraries, ...(existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: home }) },
  };
}

/** Beside its place first, then renamed: whoever finds the folder finds it whole, however many unpack at once. */
async function unpackInto(home: string): Promise<void> {
  const bin = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..', '..', 'bin');
  const draft = mkdtempSync(`${home}-`);
  await unpackFile(join(bin, 'chromium.br'), join(draft, 'chromium'));
  for (const name of ['al2023', 'fonts', 'swiftshader']) {
    const tar = join(draft, `${name}.tar`);
    await unpackFile(join(bin, `${name}.tar.br`), tar);
    execFileSync('tar', ['-xf', tar, '-C', draft]);
    rmSync(tar);
  }
  writeFileSync(
    join(draft, 'fonts.conf'),
    `<fontconfig><dir>${home}/fonts</dir><cachedir>${home}/cache</cachedir></fontconfig>`,
  );
  try {
    renameSync(draft, home);
  } catch (cause) {
    rmSync(draft, { recursive: true });
    if (!existsSync(home)) throw cause;
  }
}

const unpackFile = (from: string, to: string): Promise<void> =>
  pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to, { mode: 0o755 }));
