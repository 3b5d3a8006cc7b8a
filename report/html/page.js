"use strict";
(function () {
  // The page reads without this. It adds the filter and the sorting, and makes
  // no markup from text.
  const $ = (id) => document.getElementById(id);
  const table = $("table");

  if (!table) return;
  const parts = [...table.tBodies], rest = document.createElement("tbody");
  const form = $("filter"), count = $("count");
  const fields = [$("q"), $("kind"), $("status")];
  const size = parts[0].rows.length;
  let rows = parts.flatMap((part) => [...part.rows]);
  const total = rows.length;
  rest.hidden = true;
  table.append(rest);

  // Rows that are shown fill the parts of the table: the browser lays out only
  // those that are in sight. The others wait in a part that is never shown.
  const hidden = new Set();
  const fill = () => {
    const shown = rows.filter((row) => !hidden.has(row));
    parts.forEach((part, i) => {
      part.replaceChildren(...shown.slice(i * size, (i + 1) * size));
      part.hidden = !part.rows.length;
      part.style.containIntrinsicBlockSize = 46 * part.rows.length + "px";
    });
    rest.replaceChildren(...hidden);
    return shown.length;
  };

  // What the filter looks at, read when it is first used. The details of roles
  // may still be on their way then.
  let roles;
  const read = () => roles ||= rows.map((row) => ({
    row, id: row.querySelector("a").hash.slice(1),
    text: row.textContent.toLowerCase(), state: row.dataset.s, kinds: row.dataset.k,
  }));

  const filter = () => {
    const words = fields[0].value.toLowerCase().split(/\s+/).filter(Boolean);
    const kind = fields[1].value && "." + fields[1].value + ".", state = fields[2].value;
    hidden.clear();
    for (const r of read()) {
      const show = (!kind || r.kinds.includes(kind)) && (!state || r.state.includes(state)) &&
        words.every((word) => r.text.includes(word));
      const section = r.section ||= $(r.id);
      if (section && section.hidden === show) section.hidden = !show;
      if (!show) hidden.add(r.row);
    }
    const shown = fill();
    const number = (n) => n.toLocaleString("en");
    count.value = shown === total ? number(total) + (total === 1 ? " role" : " roles") :
      number(shown) + " of " + number(total) + " roles";
  };
  let timer;
  const soon = () => { clearTimeout(timer); timer = setTimeout(filter, 120); };
  fields[0].addEventListener("input", soon);
  fields[1].addEventListener("change", filter);
  fields[2].addEventListener("change", filter);
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", (event) => { event.preventDefault(); filter(); });
  form.hidden = false;
  document.addEventListener("DOMContentLoaded", () => { if (hidden.size) filter(); });

  // A link to a role that is filtered out shows it.
  const reveal = () => {
    const section = location.hash && $(location.hash.slice(1));
    if (section && section.hidden) { section.hidden = false; section.scrollIntoView(); }
  };
  addEventListener("hashchange", reveal);

  // Columns sort by a button in their heading. Rows without a text come last;
  // no number is 0.
  const heads = [...table.tHead.rows[0].cells];
  const compare = new Intl.Collator("en", { numeric: true }).compare;
  const sort = (column, down) => {
    const key = (row) => row.cells[column].textContent.trim();
    const number = heads[column].dataset.sort === "number";
    const keyed = rows.map((row) => [number ? +key(row) : key(row), row]);
    keyed.sort(([a], [b]) => {
      if (a === "" || b === "") return (a === "") - (b === "");
      const order = number ? a - b : compare(a, b);
      return down ? -order : order;
    });
    rows = keyed.map(([, row]) => row);
    fill();
    heads.forEach((head, i) => {
      if (i === column) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
  };
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const now = head.getAttribute("aria-sort");
      sort(column, now ? now === "ascending" : head.dataset.sort === "number");
    });
  });
  heads[0].setAttribute("aria-sort", "ascending");
})();
