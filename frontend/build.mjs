// Writes the style sheet, the script and the few images of the product into the Python package.
// Paths are made from this file's own place, so the build works from any folder and in a path with a space.
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "opensponsor", "web", "static", "opensponsor");
const images = join(here, "node_modules", "@ministryofjustice", "frontend", "moj", "assets", "images");

rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, "assets", "images"), { recursive: true });

// The load path is the folder that holds node_modules: the Sass of MoJ Frontend names "node_modules/govuk-frontend" itself.
const { css } = sass.compile(join(here, "src", "app.scss"), {
  loadPaths: [here],
  quietDeps: true,
  style: "compressed",
});
writeFileSync(join(out, "app.css"), css);

esbuild.buildSync({
  bundle: true,
  entryPoints: [join(here, "src", "app.mjs")],
  format: "esm",
  legalComments: "none",
  minify: true,
  outfile: join(out, "app.js"),
  target: ["es2020"],
});

copyFileSync(join(here, "src", "favicon.svg"), join(out, "favicon.svg"));
copyFileSync(join(images, "icon-document.svg"), join(out, "assets", "images", "icon-document.svg"));
