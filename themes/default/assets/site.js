// Everything here is a convenience: without it the site is complete.
"use strict";
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const make = (name, text, attributes = {}) => {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };

  // Sharing and copying.
  const share = $(".share");
  if (share) {
    const link = $("link[rel=canonical]");
    const url = link ? link.href : location.href;
    const native = $("[data-share=native]", share);
    if (navigator.share) {
      native.parentElement.hidden = false;
      native.onclick = () => navigator.share({ title: share.dataset.title, url }).catch(() => {});
    }
    const copy = $("[data-share=copy]", share);
    if (navigator.clipboard) {
      copy.parentElement.hidden = false;
      copy.onclick = () => navigator.clipboard.writeText(url).then(() => {
        copy.textContent = copy.dataset.done;
      });
    }
  }

  // Copied text keeps the notice: a quotation must not lose what it is.
  const story = $("#story");
  if (story && story.dataset.noticeText) {
    story.addEventListener("copy", (event) => {
      const text = String(getSelection());
      if (text.length < 40) return;
      event.clipboardData.setData("text/plain", text + "\n\n" + story.dataset.noticeText);
      event.preventDefault();
    });
  }

  // A sentence shows what it was made from.
  if (story && story.dataset.compare) {
    let pairs;
    const load = async () => {
      const answer = await fetch(story.dataset.compare);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      return new Map(all(".pair[id]", page).map((pair) => [pair.id.slice(2), pair.lastElementChild.textContent]));
    };
    const close = () => {
      all(".origin").forEach((box) => box.remove());
      all(".chosen").forEach((mark) => mark.classList.remove("chosen"));
    };
    story.addEventListener("click", async (event) => {
      const sentence = event.target.closest("[data-s]");
      if (!sentence || event.target.closest("a") || String(getSelection()).length > 0) return;
      const open = sentence.classList.contains("chosen");
      close();
      if (open) return;
      sentence.classList.add("chosen");
      pairs = pairs || load();
      const source = (await pairs).get(sentence.dataset.s);
      if (!source || !sentence.classList.contains("chosen")) return;
      const box = make("aside", "", { class: "origin" });
      box.append(make("strong", story.dataset.original),
        make("p", source, { lang: story.dataset.originalLang, dir: "ltr" }));
      const foot = make("p");
      foot.append(make("a", story.dataset.report,
        { href: story.dataset.compare + "?s=" + encodeURIComponent(sentence.dataset.s) + "#report" }), " ");
      const button = make("button", story.dataset.close, { type: "button" });
      button.onclick = close;
      foot.append(button);
      box.append(foot);
      let block = sentence.closest("p, li, blockquote, h2, h3, h4, h5, h6, .table, figure") || sentence;
      block = block.closest("blockquote, .table, figure, ul, ol") || block;
      block.after(box);
    });
  }

  // Reports of a wrong translation.
  const report = $(".report form");
  if (report) {
    const wanted = new URLSearchParams(location.search).get("s");
    if (wanted) report.elements.segment.value = wanted;
    report.addEventListener("submit", async (event) => {
      event.preventDefault();
      const status = $(".answer", report);
      try {
        const answer = await fetch(report.action, { method: "POST", body: new URLSearchParams(new FormData(report)) });
        if (!answer.ok) throw new Error(answer.status);
        status.textContent = report.dataset.thanks;
        report.elements.comment.value = "";
      } catch {
        status.textContent = report.dataset.failed;
      }
    });
  }

  // Search in the index of this edition. Substrings find words in scripts without spaces, too.
  const form = $("form.search");
  if (form) {
    const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
      .replace(/[\u0622\u0623\u0625]/g, "\u0627").replace(/\u0649/g, "\u064a").replace(/\u0640/g, "");
    const count = $("#count");
    const results = $("#results");
    const here = (items, words) => items.map((item) => {
      const title = fold(item.title);
      const text = title + " " + fold(item.summary + " " + item.tags);
      const score = words.every((word) => text.includes(word)) ? 1 + words.filter((word) => title.includes(word)).length : 0;
      return { item, score };
    }).filter((hit) => hit.score > 0).sort((a, b) => b.score - a.score).slice(0, 50).map((hit) => hit.item);
    // The index holds the newest stories; where there are more, the server knows them all.
    const find = async (query, words) => {
      const { items, more } = await index;
      if (!more) return here(items, words);
      try {
        const answer = await fetch("/api/search?count=50&lang=" + form.dataset.language + "&q=" + encodeURIComponent(query));
        return (await answer.json()).items ?? here(items, words);
      } catch {
        return here(items, words);
      }
    };
    let index;
    let turn = 0;
    const run = async () => {
      const query = form.elements.q.value;
      const words = fold(query).split(/\s+/).filter(Boolean);
      const mine = ++turn;
      index = index || fetch(form.dataset.index).then((answer) => answer.json());
      const found = words.length ? await find(query, words) : [];
      if (mine !== turn) return;
      results.replaceChildren();
      count.textContent = "";
      if (!words.length) return;
      const rule = new Intl.PluralRules(document.documentElement.lang).select(found.length);
      const text = found.length === 0 ? count.dataset.zero : count.dataset[rule] || count.dataset.other;
      count.textContent = text.replace("0000", found.length);
      for (const item of found) {
        const row = make("li");
        const title = make("h2");
        title.append(make("a", item.title, { href: item.url }));
        const note = make("p", item.date, { class: "when" });
        if (item.machine) note.prepend(make("span", form.dataset.label, { class: "ai" }), " ");
        row.append(title, make("p", item.summary), note);
        results.append(row);
      }
    };
    form.elements.q.value = new URLSearchParams(location.search).get("q") || "";
    form.elements.q.addEventListener("input", run);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      run();
    });
    run();
  }
})();
