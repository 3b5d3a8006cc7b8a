"use strict";
(function () {
  // The heat map: a grid of which the cells in sight alone are in the page. All texts are
  // set as texts; none becomes markup.
  const $ = (id) => document.getElementById(id);
  const make = (name, cls, role) => {
    const e = document.createElement(name);
    if (cls) e.className = cls;
    if (role) e.setAttribute("role", role);
    return e;
  };
  const data = JSON.parse($("data").textContent), accounts = data.accounts, roles = data.roles;
  const kinds = { d: "differs", m: "missing", e: "extra", c: "left other permissions" };
  const verbs = { MORE: "allows more", LESS: "allows less", DIFFERENT: "allows other things", UNKNOWN: "undecided", EQUAL: "differs" };
  const levels = ["critical", "high", "medium", "low", "none"], unmatched = levels.length;
  const letters = "BCDEFGHIJKLMNOPQRSTUVWXYZ";
  const compare = new Intl.Collator("en", { numeric: true }).compare;
  const fold = (s) => s.toLowerCase();

  for (const r of roles) {
    r.at = new Uint16Array(accounts.length);
    r.f ||= [];
    r.key = fold(r.n);
    r.f.forEach((f, i) => {
      f.rank = levels.indexOf(f.s);
      let a = 0;
      f.list = f.a.map((step) => a += step);
      for (const at of f.list) r.at[at] = i + 1;
    });
  }
  const keys = accounts.map((a) => fold(a.join(" ")));
  const place = (f, account) => {
    let low = 0, high = f.list.length - 1;
    while (low < high) {
      const mid = (low + high) >> 1;
      if (f.list[mid] < account) low = mid + 1; else high = mid;
    }
    return low;
  };
  const mark = (f, i) => (f.m ? f.m[i] : "-");
  const waiver = (f, i) => (f.x ? f.x[i] : undefined);

  // What a cell says.
  const sign = (r, a) => {
    const n = r.at[a], f = r.f[n - 1];
    if (!n) return r.z ? { cls: "cell fz", text: "·", words: "not there, as elsewhere" } : { cls: "cell", text: "", words: "as the others" };
    const i = place(f, a), accepted = waiver(f, i) !== undefined;
    const letter = f.k === "m" ? "–" : letters[n - 1] || "…";
    const words = (f.k === "d" || f.k === "c" ? (f.k === "c" ? "control policies " : "form ") + letter + ", " + (verbs[f.v] || f.v) : kinds[f.k]) + ", " + f.s +
      (accepted ? ", waived" : f.u ? ", does not count" : "") + (mark(f, i) === "n" ? ", new" : "");
    return {
      cls: "cell " + (f.k === "m" ? "fm" : "f" + ((n - 1) % 6 + 1)) + " " + f.s + (accepted || f.u ? " waived" : ""),
      text: letter + (f.s === "critical" ? "‼" : f.s === "high" ? "!" : ""), words,
    };
  };

  // The filter and the order.
  const fields = ["role", "account", "unit", "severity", "show", "rows", "columns"].map($);
  const [roleField, accountField, unitField, severityField, showField, rowsField, columnsField] = fields;
  let R = [], C = [], active = { role: -1, account: -1 }, found = 0;
  const worst = (n) => new Uint8Array(n).fill(unmatched);
  const all = (words, text) => words.every((w) => text.includes(w));
  const wordsOf = (field) => fold(field.value).split(/\s+/).filter(Boolean);
  const inUnit = (path, unit) => !unit || path === unit || path.startsWith(unit + "/");
  const filter = () => {
    const level = severityField.value ? levels.indexOf(severityField.value) : levels.length, show = showField.value;
    const picky = severityField.value !== "" || show !== "";
    const seen = new Uint8Array(accounts.length), words = wordsOf(accountField), unit = unitField.value;
    accounts.forEach((a, i) => { seen[i] = inUnit(a[3], unit) && all(words, keys[i]) ? 1 : 0; });
    const roleWords = wordsOf(roleField);
    const roleWorst = worst(roles.length), roleCount = new Uint32Array(roles.length);
    const accountWorst = worst(accounts.length), accountCount = new Uint32Array(accounts.length);
    R = [];
    found = 0;
    roles.forEach((r, i) => {
      if (!all(roleWords, r.key)) return;
      for (const f of r.f) {
        if (f.rank > level || show !== "" && show !== "differ" && f.u) continue;
        for (let k = 0; k < f.list.length; k++) {
          const a = f.list[k];
          if (!seen[a] || (show === "open" || show === "new") && waiver(f, k) !== undefined || show === "new" && mark(f, k) !== "n") continue;
          roleCount[i]++;
          accountCount[a]++;
          if (f.rank < roleWorst[i]) roleWorst[i] = f.rank;
          if (f.rank < accountWorst[a]) accountWorst[a] = f.rank;
          found++;
        }
      }
      if (!picky || roleCount[i]) R.push(i);
    });
    C = [];
    for (let a = 0; a < accounts.length; a++) if (seen[a] && (!picky || accountCount[a])) C.push(a);
    const byName = (a, b) => compare(roles[a].n, roles[b].n) || a - b;
    const byTag = (a, b) => compare(accounts[a][1], accounts[b][1]) || a - b;
    R.sort({
      name: byName, most: (a, b) => roleCount[b] - roleCount[a] || byName(a, b),
    }[rowsField.value] || ((a, b) => roleWorst[a] - roleWorst[b] || roleCount[b] - roleCount[a] || byName(a, b)));
    C.sort({
      name: byTag, most: (a, b) => accountCount[b] - accountCount[a] || byTag(a, b),
      worst: (a, b) => accountWorst[a] - accountWorst[b] || accountCount[b] - accountCount[a] || byTag(a, b),
    }[columnsField.value] || ((a, b) => compare(accounts[a][3], accounts[b][3]) || byTag(a, b)));
    if (!R.includes(active.role)) active.role = R.length ? R[0] : -1;
    if (!C.includes(active.account)) active.account = C.length ? C[0] : -1;
    const number = (n) => n.toLocaleString("en");
    $("count").value = number(R.length) + " of " + number(roles.length) + " roles, " + number(C.length) + " of " + number(accounts.length) + " accounts, " +
      number(found) + (found === 1 ? " outlier" : " outliers") + (data.cut ? ". Not all words are in this page: matrix.json has them" : "");
    relayout();
  };

  // The grid.
  const map = $("map"), sizer = make("div", "", "rowgroup"), head = make("div", "head", "row"), corner = make("div", "corner", "columnheader");
  const narrow = matchMedia("(max-width: 40rem)");
  const size = 24, unitHeight = 20;
  let nameWidth = 240, headHeight = 120;
  corner.textContent = "Role";
  head.append(corner);
  head.setAttribute("aria-rowindex", "1");
  map.append(head, sizer);
  const px = (e, style) => { for (const k in style) e.style[k] = style[k] + "px"; };

  let rowsShown = new Map(), columnsShown = new Map(), units = [], spareRows = [];
  const relayout = () => {
    nameWidth = narrow.matches ? 112 : 240;
    headHeight = unitHeight + (narrow.matches ? 72 : 100);
    for (const { row } of rowsShown.values()) row.remove();
    for (const e of columnsShown.values()) e.remove();
    for (const e of units) e.remove();
    rowsShown = new Map(); columnsShown = new Map(); units = []; spareRows = [];
    const width = nameWidth + C.length * size + 4;
    px(sizer, { width, height: R.length * size + 4 });
    px(head, { width, height: headHeight });
    px(corner, { width: nameWidth, height: headHeight });
    map.setAttribute("aria-rowcount", R.length + 1);
    map.setAttribute("aria-colcount", C.length + 1);
    if (columnsField.value === "") {
      let first = 0;
      for (let c = 1; c <= C.length; c++) {
        const path = accounts[C[first]][3];
        if (c < C.length && accounts[C[c]][3] === path) continue;
        if (path) {
          const u = make("div", "unit"), label = make("span");
          label.textContent = u.title = path;
          label.style.left = nameWidth + 6 + "px";
          u.append(label);
          px(u, { left: nameWidth + first * size, width: (c - first) * size });
          units.push(u);
          head.append(u);
        }
        first = c;
      }
    }
    render();
  };
  const cellOf = (row, r, c) => {
    const account = C[c], role = R[r], { cls, text, words } = sign(roles[role], account);
    const e = make("div", cls, "gridcell");
    e.textContent = text;
    e.setAttribute("aria-colindex", c + 2);
    e.setAttribute("aria-label", roles[role].n + " in " + accounts[account][1] + ": " + words);
    e.title = accounts[account][1] + ": " + words;
    const here = role === active.role && account === active.account;
    e.tabIndex = here ? 0 : -1;
    if (here && !$("detail").hidden) e.setAttribute("aria-selected", "true");
    e.dataset.at = role + " " + account;
    px(e, { left: nameWidth + c * size + 1, top: 1, width: size - 2, height: size - 2 });
    return e;
  };
  const rowOf = (r) => {
    const row = make("div", "row", "row"), name = make("div", "name", "rowheader");
    name.textContent = name.title = roles[R[r]].n;
    row.setAttribute("aria-rowindex", r + 2);
    px(row, { top: r * size, height: size, width: nameWidth + C.length * size });
    px(name, { width: nameWidth, height: size });
    name.style.lineHeight = size + "px";
    row.append(name);
    return { row, cells: new Map() };
  };
  const span = (from, to, n, also) => {
    const out = new Set();
    for (let i = Math.max(0, from); i < Math.min(n, to); i++) out.add(i);
    if (also >= 0) out.add(also);
    return out;
  };
  const sync = (shown, wanted, add, remove) => {
    for (const [k, v] of shown) if (!wanted.has(k)) { remove(v); shown.delete(k); }
    for (const k of wanted) if (!shown.has(k)) shown.set(k, add(k));
  };
  const render = () => {
    const top = Math.floor(map.scrollTop / size), left = Math.floor(map.scrollLeft / size), more = 3;
    const high = Math.ceil((map.clientHeight - headHeight) / size), wide = Math.ceil((map.clientWidth - nameWidth) / size);
    const activeRow = R.indexOf(active.role), activeColumn = C.indexOf(active.account);
    const columns = span(left - more, left + wide + more, C.length, -1);
    sync(rowsShown, span(top - more, top + high + more, R.length, activeRow), (r) => { const o = rowOf(r); sizer.append(o.row); return o; }, (o) => o.row.remove());
    for (const [r, o] of rowsShown) {
      const wanted = r === activeRow && activeColumn >= 0 && !columns.has(activeColumn) ? new Set([...columns, activeColumn]) : columns;
      sync(o.cells, wanted, (c) => { const e = cellOf(o.row, r, c); o.row.append(e); return e; }, (e) => e.remove());
    }
    sync(columnsShown, columns, (c) => {
      const e = make("div", "col", "columnheader");
      e.textContent = accounts[C[c]][1];
      e.title = accounts[C[c]].filter(Boolean).join(" ");
      e.setAttribute("aria-colindex", c + 2);
      px(e, { left: nameWidth + c * size, top: unitHeight, width: size, height: headHeight - unitHeight });
      head.append(e);
      return e;
    }, (e) => e.remove());
  };
  let pending = false;
  map.addEventListener("scroll", () => {
    if (!pending) requestAnimationFrame(() => { pending = false; render(); });
    pending = true;
  }, { passive: true });
  new ResizeObserver(() => render()).observe(map);
  narrow.addEventListener("change", relayout);

  // The cell with the focus.
  const element = () => {
    const o = rowsShown.get(R.indexOf(active.role));
    return o && o.cells.get(C.indexOf(active.account));
  };
  const refresh = () => {
    for (const e of sizer.querySelectorAll("[tabindex='0'], [aria-selected]")) { e.tabIndex = -1; e.removeAttribute("aria-selected"); }
    const e = element();
    if (!e) return;
    e.tabIndex = 0;
    if (!$("detail").hidden) e.setAttribute("aria-selected", "true");
  };
  const go = (r, c, focus) => {
    if (!R.length || !C.length) return;
    r = Math.max(0, Math.min(R.length - 1, r));
    c = Math.max(0, Math.min(C.length - 1, c));
    active = { role: R[r], account: C[c] };
    const x = c * size, y = r * size, wide = map.clientWidth - nameWidth - size, high = map.clientHeight - headHeight - size;
    map.scrollLeft = Math.min(x, Math.max(map.scrollLeft, x - wide + 4));
    map.scrollTop = Math.min(y, Math.max(map.scrollTop, y - high + 4));
    render();
    refresh();
    const e = element();
    if (focus && e) e.focus({ preventScroll: true });
  };
  map.addEventListener("keydown", (event) => {
    const cell = event.target.closest(".cell");
    if (!cell || event.altKey || event.metaKey) return;
    const r = R.indexOf(active.role), c = C.indexOf(active.account), page = Math.max(1, Math.floor((map.clientHeight - headHeight) / size) - 1), far = event.ctrlKey;
    const to = {
      ArrowUp: [r - 1, c], ArrowDown: [r + 1, c], ArrowLeft: [r, c - 1], ArrowRight: [r, c + 1], PageUp: [r - page, c], PageDown: [r + page, c],
      Home: [far ? 0 : r, 0], End: [far ? R.length - 1 : r, C.length - 1],
    }[event.key];
    if (to) go(to[0], to[1], true);
    else if (event.key === "Enter" || event.key === " ") open();
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  map.addEventListener("focusin", (event) => {
    const cell = event.target.closest(".cell");
    if (!cell) return;
    const [role, account] = cell.dataset.at.split(" ").map(Number);
    if (role === active.role && account === active.account) return;
    active = { role, account };
    refresh();
  });
  map.addEventListener("click", (event) => {
    const cell = event.target.closest(".cell");
    if (!cell) return;
    const [role, account] = cell.dataset.at.split(" ").map(Number);
    go(R.indexOf(role), C.indexOf(account), true);
    open();
  });

  // The statements that one side alone has: a sign, not only a colour, says which.
  const sides = [["span", "  "], ["del", "− "], ["ins", "+ "]];
  const said = (f) => {
    if (!f || !f.d) return [];
    const out = [], alone = f.k === "d" ? "What the others (−) or this account (+) alone say" : f.k === "m" ? "What the role says elsewhere (−)" : "What the role says (+)";
    const title = make("h4");
    title.textContent = alone + ", <NAME> being what the dictionary rewrites:";
    out.push(title);
    for (const policy of f.d) {
      const name = make("h5"), pre = make("pre", "said");
      name.textContent = policy.n;
      for (const l of policy.l) {
        const [element, sign] = sides[l % 3], e = make(element);
        e.textContent = sign + data.texts[Math.floor(l / 3)] + "\n";
        pre.append(e);
      }
      out.push(name, pre);
    }
    return out;
  };

  // What is different.
  const detail = $("detail");
  const open = () => {
    const r = roles[active.role], a = accounts[active.account];
    if (!r || !a) return;
    const f = r.f[r.at[active.account] - 1], h = make("h3"), x = make("button");
    x.type = "button";
    x.textContent = "Close";
    x.addEventListener("click", close);
    h.id = "detail-h";
    h.textContent = r.n + " in " + a[1];
    const lines = [[a[0], a[2], a[3]].filter((s) => s && s !== a[1]).join(", "), sign(r, active.account).words], last = [];
    if (f) {
      const i = place(f, active.account), w = waiver(f, i), others = f.list.length - 1;
      lines.push(...(f.w || ["matrix.json has the words"]));
      if (others) lines.push("The same in " + others.toLocaleString("en") + (others === 1 ? " other account" : " other accounts") + ": " +
        f.list.filter((o) => o !== active.account).slice(0, 8).map((o) => accounts[o][1]).join(", ") + (others > 8 ? " and " + (others - 8) + " more" : ""));
      if (w !== undefined) last.push("Accepted by " + data.waivers[w]);
      else if (f.p) last.push("Waive: iamctl waive RUN_FOLDER fp:" + f.p.substr(i * 12, 12) + " --owner OWNER --reason REASON --expires YYYY-MM-DD");
    }
    const paragraphs = (list) => list.filter(Boolean).map((text) => { const p = make("p"); p.textContent = text; return p; });
    detail.replaceChildren(x, h, ...paragraphs(lines), ...said(f), ...paragraphs(last));
    detail.hidden = false;
    refresh();
    // The cell stays in sight above what is said of it.
    const e = element();
    const under = e ? e.getBoundingClientRect().bottom + 8 - detail.getBoundingClientRect().top : 0;
    if (under > 0) scrollBy(0, under);
    write();
    $("said").value = "";
    $("said").value = h.textContent + ". " + lines.filter(Boolean).join(". ");
  };
  const close = () => {
    if (detail.hidden) return;
    detail.hidden = true;
    write();
    go(R.indexOf(active.role), C.indexOf(active.account), true);
  };
  detail.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });

  // The state is in the address.
  const write = () => {
    const p = new URLSearchParams();
    for (const f of fields) if (f.value) p.set(f.id, f.value);
    if (!detail.hidden) { p.set("r", roles[active.role].n); p.set("a", accounts[active.account][0]); }
    const hash = p.toString();
    try { history.replaceState(null, "", location.href.split("#")[0] + (hash && "#" + hash)); } catch { /* too often */ }
  };
  const restore = () => {
    const p = new URLSearchParams(location.hash.slice(1));
    for (const f of fields) {
      f.value = p.get(f.id) || "";
      if (f.selectedIndex < 0) f.value = "";
    }
    detail.hidden = true;
    filter();
    const role = roles.findIndex((r) => r.n === p.get("r")), account = accounts.findIndex((a) => a[0] === p.get("a"));
    if (role < 0 || account < 0 || !R.includes(role) || !C.includes(account)) return;
    go(R.indexOf(role), C.indexOf(account), true);
    open();
  };

  const paths = new Set();
  for (const a of accounts) {
    const parts = a[3].split("/");
    for (let n = 1; a[3] && n <= parts.length; n++) paths.add(parts.slice(0, n).join("/"));
  }
  for (const path of [...paths].sort(compare)) { const o = make("option"); o.value = o.textContent = path; unitField.append(o); }
  unitField.closest("label").hidden = paths.size === 0;
  const legend = (cls, text, words) => {
    const s = make("span"), c = make("span", cls), w = make("span");
    c.textContent = text;
    c.setAttribute("aria-hidden", "true");
    w.textContent = words;
    s.append(c, w);
    $("key").append(s);
  };
  legend("cell", "", "as the others");
  legend("cell fz", "·", "not there, as elsewhere");
  legend("cell fm", "–", "missing");
  for (let i = 0; i < 3; i++) legend("cell f" + (i + 1), letters[i], i ? "another form" : "a form of its own");
  legend("cell f1 critical", "B‼", "critical");
  legend("cell f1 high", "B!", "high");
  legend("cell f1 medium", "B", "medium");
  legend("cell f1 low", "B", "low");
  legend("cell f1 waived", "B", "waived, or does not count");
  const spoken = make("output", "hid");
  spoken.id = "said";
  spoken.setAttribute("role", "status");
  document.body.append(spoken);

  const changed = () => { map.scrollTop = 0; filter(); write(); };
  for (const f of fields) f.addEventListener(f.localName === "input" ? "input" : "change", changed);
  $("filter").addEventListener("reset", () => setTimeout(changed));
  $("filter").addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", restore);
  $("heat").hidden = false;
  restore();
})();
