// Arranges a graph of nested boxes with elkjs, warm: `node elkjs.js FOLDER_OF_ELKJS ROUNDS < graph.json`.
// Out come the milliseconds of each round after a first that warms up, the size of the whole, and left, top, width and
// height of every box in reading order.

const fs = require("fs");
const ELK = require(process.argv[2]);

const placesOf = (node, found) => {
  for (const child of node.children || []) {
    found.push([child.x, child.y, child.width, child.height]);
    placesOf(child, found);
  }
  return found;
};

(async () => {
  const text = fs.readFileSync(0, "utf8");
  const elk = new ELK();
  const milliseconds = [];
  let graph;
  for (let round = 0; round <= Number(process.argv[3]); round++) {
    graph = JSON.parse(text);
    const start = process.hrtime.bigint();
    graph = await elk.layout(graph);
    if (round > 0) milliseconds.push(Number(process.hrtime.bigint() - start) / 1e6);
  }
  const size = [graph.width, graph.height];
  process.stdout.write(JSON.stringify({ milliseconds, size, places: placesOf(graph, []) }));
})();
