// Reads statements from stdin, a JSON list, asks DuckDB one after the other, and prints the
// rows of each as JSON. IAMCTL_DUCKDB is the folder of node modules.
const { DuckDBInstance } = require(require.resolve('@duckdb/node-api', { paths: [process.env.IAMCTL_DUCKDB] }));

async function main() {
  const statements = JSON.parse(require('fs').readFileSync(0, 'utf8'));
  const db = await (await DuckDBInstance.create(':memory:')).connect();
  const answers = [];
  for (const s of statements) {
    answers.push((await db.runAndReadAll(s)).getRowsJson());
  }
  console.log(JSON.stringify(answers));
}

main().catch((e) => {
  console.error(e.message);
  process.exit(1);
});
