// Opens pages in Chromium, light, dark and narrow, and prints what axe-core finds and what pages ask for, as JSON a line.
// node axe.mjs CHROMIUM ADDRESS...
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const [executablePath, ...addresses] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];
const browser = await chromium.launch({ executablePath, args: quiet });
for (const look of [{ colorScheme: "light" }, { colorScheme: "dark" }, { viewport: { width: 360, height: 740 } }]) {
  const context = await browser.newContext(look);
  const page = await context.newPage();
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  for (const address of addresses) {
    asked.length = 0;
    await page.goto(address);
    await page.evaluate(axe);
    const found = await page.evaluate((values) => window.axe.run(document, { runOnly: values }), rules);
    const told = found.violations.map((each) => `${each.id}: ${each.nodes[0].html.slice(0, 200)}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    console.log(JSON.stringify({ address, look, violations: told, passes: found.passes.length, asked: [...asked], wide }));
  }
  await context.close();
}
await browser.close();
