import { createServer } from "node:http";
import { isWatchdog } from "../../../docs/recipes/verify.mjs";

const { RECIPE_KEY, RECIPE_FOLDER } = process.env;
createServer((request, answer) => {
  answer.end(isWatchdog(request, RECIPE_KEY, RECIPE_FOLDER) ? "yes" : "no");
}).listen(Number(process.argv[2]), "127.0.0.1");
