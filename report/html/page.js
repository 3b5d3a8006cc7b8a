"use strict";
(function () {
  // The page reads without this. It adds the filter, the sorting, the buttons that
  // copy, and the state in the address; it makes no markup from text.
  const $ = (id) => document.getElementById(id);
  const make = (name, properties) => Object.assign(document.createElement(name), properties);

  // Copying works from a file too, where browsers keep the clipboard from scripts.
  const said = make("output", { className: "hid" });
  said.setAttribute("role", "status");
  const copy = (text) => {
    const area = make("textarea", { value: text, className: "hid" }), focused = document.activeElement;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    focused.focus({ preventScroll: true });
    return done ? Promise.resolve() : navigator.clipboard ? navigator.clipboard.writeText(text) : Promise.reject();
  };
  const button = (label, title, text) => {
    const b = make("button", { type: "button", className: "cb", textContent: label, title });
    b.setAttribute("aria-label", title);
    b.addEventListener("click", () => copy(text).then(() => "Copied", () => "Not copied").then((word) => {
      b.textContent = said.value = word;
      setTimeout(() => { b.textContent = label; said.value = ""; }, 1500);
    }));
    return b;
  };
  // Sections have their buttons once they come near the screen.
  const equip = (section) => {
    for (const e of section.querySelectorAll("code.cp")) e.after(" ", button("Copy", e.closest("details.ask") ? "Copy the command" : "Copy the request", e.textContent));
    for (const e of section.querySelectorAll("i")) {
      const print = e.textContent;
      if (/^[0-9a-f]{16,}$/.test(print)) e.after(" ", button("Copy", "Copy the fingerprint " + print, print), " ", button("Waive",
        "Copy the command that waives " + print, "iamctl waive RUN_FOLDER " + print + " --owner OWNER --reason REASON --expires YYYY-MM-DD"));
    }
  };
  const near = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) if (isIntersecting) { near.unobserve(target); equip(target); }
  }, { rootMargin: "100%" });
  let ready = false;
  document.addEventListener("DOMContentLoaded", () => {
    ready = true;
    document.body.append(said);
    for (const section of document.querySelectorAll(".r")) near.observe(section);
  });

  const table = $("table");
  if (!table) return;
  const parts = [...table.tBodies], rest = document.createElement("tbody");
  const form = $("filter"), count = $("count");
  const text = $("q"), fields = ["q", "severity", "verdict", "kind", "status"].map($).filter(Boolean);
  const size = parts[0].rows.length;
  const all = parts.flatMap((part) => [...part.rows]), total = all.length;
  let rows = all;
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

  // What the filter looks at, read when it is first used: for the search all that the
  // page says of a role, also at its top and in the documents that it shares with others.
  const entry = (row, id) => ({
    row, id, state: row.dataset.s, kinds: row.dataset.k, level: row.dataset.l || "", verdicts: (row.dataset.v || "").split(" "),
  });
  let roles, changes;
  const read = () => roles ||= all.map((row) => entry(row, row.querySelector("a").hash.slice(1)));
  const readChanges = () => changes ||= [...document.querySelectorAll("#aws > section")].map((e) => entry(e, e.id));
  const shared = new Map();
  const lower = (e) => e.textContent.toLowerCase();
  const atTop = [...document.querySelectorAll("#worst li")].map((e) => [e.querySelector("a").hash, lower(e)]);
  const texts = (r) => {
    if (r.texts) return r.texts;
    const section = $(r.id), list = atTop.filter(([hash]) => hash === "#" + r.id).map(([, t]) => t);
    if (section !== r.row) list.push(lower(r.row));
    if (section) {
      list.push(lower(section));
      for (const a of section.querySelectorAll("a[href^='#d']")) {
        const id = a.hash.slice(1);
        if (!shared.has(id) && $(id)) shared.set(id, lower($(id)));
        if (shared.has(id)) list.push(shared.get(id));
      }
    }
    if (ready) r.texts = list;
    return list;
  };

  // Besides the roles of the table the filter is for what AWS changed, and the search for
  // the roles in sync. Of other lists it says how many entries it finds; they stay whole.
  const also = make("p", { className: "mu", hidden: true });
  also.setAttribute("role", "status");
  form.after(also);
  const lists = [["sync", ".sync li", "role in sync", "roles in sync"], ["gaps", "#gaps li", "gap", "gaps"], ["audit", "#audit article", "finding of the audit", "findings of the audit"],
    ["waivers", "#waivers tbody tr", "waiver", "waivers"], ["fixed", "#fixed li", "fixed difference", "fixed differences"]];
  const findElsewhere = (words, fits, filtered) => {
    const found = [];
    const add = (id, n, one, many) => {
      if (n) found.push(found.length ? ", " : "Also: ", make("a", { href: "#" + id, textContent: number(n) + " " + (n === 1 ? one : many) }));
    };
    let n = 0;
    for (const r of readChanges()) {
      r.row.hidden = !fits(r);
      if (!r.row.hidden) n++;
    }
    if (filtered || words.length) add("aws", n, "policy that AWS changed", "policies that AWS changed");
    for (const list of lists) {
      const [id, selector, one, many] = list;
      list.all ||= [...document.querySelectorAll(selector)].map((e) => [e, lower(e)]);
      n = 0;
      for (const [e, t] of list.all) {
        const fit = words.every((word) => t.includes(word));
        if (fit) n++;
        if (id === "sync") e.hidden = !fit;
      }
      if (words.length && !filtered) add(id, n, one, many);
    }
    also.replaceChildren(...found);
    also.hidden = !found.length;
  };

  const value = (id) => $(id) ? $(id).value : "";
  const number = (n) => n.toLocaleString("en");
  const filter = () => {
    const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const kind = value("kind") && "." + value("kind") + ".", state = value("status"), level = value("severity"), verdict = value("verdict");
    const fits = (r) => (!kind || r.kinds.includes(kind)) && (!state || r.state.includes(state)) && (!level || r.level === level) &&
      (!verdict || r.verdicts.includes(verdict)) && (!words.length || words.every((word) => texts(r).some((t) => t.includes(word))));
    hidden.clear();
    for (const r of read()) {
      const show = fits(r), section = r.section ||= $(r.id);
      if (section && section.hidden === show) section.hidden = !show;
      if (!show) hidden.add(r.row);
    }
    const shown = fill();
    findElsewhere(words, fits, kind || state || level || verdict);
    count.value = shown === total ? number(total) + (total === 1 ? " role" : " roles") :
      number(shown) + " of " + number(total) + " roles";
  };

  // Columns sort by a button in their heading. Rows without a text come last;
  // no number is 0.
  const heads = [...table.tHead.rows[0].cells];
  const compare = new Intl.Collator("en", { numeric: true }).compare;
  const levels = ["none", "low", "medium", "high", "critical"], verdicts = ["EQUAL", "LESS", "UNKNOWN", "DIFFERENT", "MORE"];
  const first = Math.max(0, heads.findIndex((head) => head.dataset.sort === "level"));
  const direction = first ? "descending" : "ascending";
  let order = "";
  const sort = (column, down) => {
    const type = heads[column].dataset.sort;
    const key = (row) => {
      const t = row.cells[column].textContent.trim();
      switch (type) {
        case "number": return +t;
        case "level": return levels.indexOf(t) + 1 || "";
        case "verdict": return Math.max(...(row.dataset.v || "").split(" ").map((v) => verdicts.indexOf(v))) + 1 || "";
      }
      return t;
    };
    const keyed = all.map((row) => [key(row), row]);
    keyed.sort(([a], [b]) => {
      if (a === "" || b === "") return (a === "") - (b === "");
      const order = type === "text" ? compare(a, b) : a - b;
      return down ? -order : order;
    });
    rows = keyed.map(([, row]) => row);
    mark(column, down ? "descending" : "ascending");
    order = column + (down ? "d" : "a");
    fill();
  };
  const mark = (column, word) => heads.forEach((head, i) => {
    if (i === column) head.setAttribute("aria-sort", word);
    else head.removeAttribute("aria-sort");
  });
  const unsorted = () => { rows = all; order = ""; mark(first, direction); fill(); };

  // The address has the search, the filter, the order, and what was opened. An entry of
  // the history that this has not written is a link that somebody followed.
  let at = "", typing = false;
  const state = () => {
    const p = new URLSearchParams();
    for (const f of fields) if (f.value) p.set(f.id, f.value);
    if (order) p.set("sort", order);
    const other = p.toString();
    if (at && other) p.set("at", at);
    return other ? p.toString() : at;
  };
  const write = (push) => {
    const bare = location.href.split("#")[0], hash = state(), url = bare + (hash && "#" + hash);
    if (push && url === location.href) return;
    try { history[push ? "pushState" : "replaceState"](1, "", url); } catch { /* too often */ }
  };
  const show = (id, scroll) => {
    at = id;
    for (const e of document.querySelectorAll(".at")) e.classList.remove("at");
    const e = id && $(id);
    if (!e) return;
    e.classList.add("at");
    for (let d = e; d; d = d.parentElement) if (d.localName === "details") d.open = true;
    for (const d of e.querySelectorAll(":scope > .fold")) d.open = true;
    if (e.hidden) { e.hidden = false; scroll = true; }
    if (scroll) e.scrollIntoView();
  };
  const restore = (scroll) => {
    const hash = location.hash.slice(1), p = new URLSearchParams(hash.includes("=") ? hash : { at: hash });
    for (const f of fields) {
      f.value = p.get(f.id) || "";
      if (f.selectedIndex < 0) f.value = "";
    }
    const [, column, way] = /^(\d+)([ad])$/.exec(p.get("sort")) || [];
    if (column < heads.length) sort(+column, way === "d"); else unsorted();
    filter();
    const id = p.get("at") || "";
    show(id, scroll && (id !== at || !ready));
  };
  addEventListener("popstate", () => {
    typing = false;
    if (history.state || location.hash.includes("=")) restore(true);
    else show(location.hash.slice(1));
    write();
  });

  // Whoever is about to search does not wait for it: the texts are read in spare moments.
  const readAhead = (i) => requestIdleCallback((deadline) => {
    while (i < read().length && deadline.timeRemaining() > 1) texts(read()[i++]);
    if (i < read().length) readAhead(i);
  });
  text.addEventListener("focus", () => { if (ready && window.requestIdleCallback) readAhead(0); }, { once: true });

  let timer;
  text.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => { filter(); write(!typing); typing = true; }, 120);
  });
  const changed = () => { clearTimeout(timer); typing = false; filter(); write(true); };
  for (const f of fields) if (f !== text) f.addEventListener("change", changed);
  form.addEventListener("reset", () => setTimeout(changed));
  form.addEventListener("submit", (event) => { event.preventDefault(); changed(); });
  form.hidden = false;
  heads.forEach((head, column) => {
    const b = make("button", { type: "button" });
    b.append(...head.childNodes);
    head.append(b);
    b.addEventListener("click", () => {
      const now = head.getAttribute("aria-sort");
      sort(column, now ? now === "ascending" : head.dataset.sort !== "text");
      typing = false;
      write(true);
    });
  });
  unsorted();
  restore();
  document.addEventListener("DOMContentLoaded", () => {
    if (text.value) filter();
    show(at, location.hash.includes("="));
    write();
  });
})();
