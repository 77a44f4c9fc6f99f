(() => {
  if (!document.getElementById("parts")) return;
  const all = [...document.querySelectorAll(".s")], marks = [...document.querySelectorAll("mark")];
  const links = [...document.querySelectorAll("nav.parts a")], parts = [...document.querySelectorAll("#parts > section")];
  const tools = document.querySelector(".tools"), filter = document.getElementById("filter"), verdict = document.getElementById("verdict");
  const help = document.getElementById("keys");
  let row = null, lit = [], turn = 0;
  const rows = () => all.filter(it => it.offsetParent !== null);
  const part = id => {
    const wanted = parts.find(it => it.id === (id === "reports" ? "list" : id)) || parts[0];
    for (const it of parts) it.classList.toggle("shown", it === wanted);
    for (const it of links) if (it.hash === "#" + id) it.setAttribute("aria-current", "page"); else it.removeAttribute("aria-current");
  };
  const clear = () => { for (const it of document.querySelectorAll(".on")) it.classList.remove("on"); row = null; lit = []; };
  const show = (it, jump) => {
    clear();
    row = it; turn = 0;
    it.classList.add("on");
    lit = marks.filter(mark => mark.dataset.by.includes(" " + it.dataset.s + " "));
    for (const mark of lit) mark.classList.add("on");
    if (jump && lit.length) lit[0].scrollIntoView({ block: "center" });
  };
  const next = () => {
    const firsts = lit.filter((it, at) => at === 0 || it.closest("article") !== lit[at - 1].closest("article"));
    if (firsts.length) { turn = (turn + 1) % firsts.length; firsts[turn].scrollIntoView({ block: "center" }); }
  };
  const sift = () => {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean), wanted = verdict.value.split(" ").filter(Boolean);
    let n = 0;
    for (const it of document.querySelectorAll("#facts tr.s")) {
      const text = it.textContent.toLowerCase();
      it.hidden = !(words.every(word => text.includes(word)) && (!wanted.length || wanted.includes(it.dataset.v)));
      if (!it.hidden) n += 1;
    }
    document.getElementById("shown").textContent = n + " shown";
  };
  document.body.classList.add("tabs");
  part(location.hash.slice(1) || "brief");
  if (tools) { tools.hidden = false; filter.addEventListener("input", sift); verdict.addEventListener("change", sift); }
  // A tab changes what is shown, not where the page stands: its head stays in sight.
  for (const it of links) it.addEventListener("click", event => { event.preventDefault(); history.replaceState(null, "", it.hash); part(it.hash.slice(1)); });
  if (links.some(it => it.hash === location.hash)) requestAnimationFrame(() => scrollTo({ top: 0, behavior: "instant" }));
  // A dot of the timeline leads to its row, which lights its words.
  addEventListener("hashchange", () => {
    const to = document.getElementById(location.hash.slice(1));
    const home = to && to.closest("#parts > section");
    if (home) part(home.id);
    if (to && to.classList.contains("s")) { show(to, true); to.scrollIntoView({ block: "nearest" }); }
  });
  for (const it of all) it.addEventListener("click", event => show(it, !event.target.closest("a")));
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input, select")) { if (event.key === "Escape") event.target.blur(); return; }
    const list = rows(), at = list.indexOf(row);
    if (event.key === "j" || event.key === "k") {
      const to = list[Math.max(0, Math.min(list.length - 1, at + (event.key === "j" ? 1 : -1)))];
      if (to) { show(to, false); to.focus(); to.scrollIntoView({ block: "nearest" }); }
    } else if (event.key === "Enter" && document.activeElement.classList.contains("s")) show(document.activeElement, true);
    else if (event.key === "n") next();
    else if (event.key === "/" && filter) { event.preventDefault(); part("facts"); filter.focus(); }
    else if (event.key === "?") help.showModal();
    else if (event.key >= "1" && event.key <= "8" && links[event.key - 1]) { links[event.key - 1].click(); }
    else if (event.key === "Escape") clear();
  });
})();
