// What a frame shows now, as HTML that a reader without scripts understands, and
// which of its controls a person sees.  Every control is numbered in the page, by
// `data-watched`, and every form, so that they can be found again; nothing else of the
// page is changed.
() => {
  const CONTROLS = "input, select, textarea, button";
  const MOST = 1000, MOST_VALUE = 20000, MOST_HTML = 9000000;

  // Cut away by its own style, or by what is around it, as traps for robots are.
  const isClipped = (style) => {
    const [top, right, bottom, left] = (style.clip.match(/-?[\d.]+/g) || []).map(Number);
    if (left !== undefined && (right - left <= 1 || bottom - top <= 1)) return true;
    return /inset\((?:[5-9]\d|100)(?:\.\d+)?%|circle\(0/.test(style.clipPath);
  };
  const isCut = (element, box) => {
    if (isClipped(getComputedStyle(element))) return true;
    let around = element.parentElement;
    for (; around && around !== document.body; around = around.parentElement) {
      const style = getComputedStyle(around);
      if (isClipped(style)) return true;
      if (!/hidden|clip/.test(style.overflow)) continue;
      const edge = around.getBoundingClientRect();
      const width = Math.min(box.right, edge.right) - Math.max(box.left, edge.left);
      const height = Math.min(box.bottom, edge.bottom) - Math.max(box.top, edge.top);
      if (width <= 1 || height <= 1) return true;
    }
    return false;
  };
  const isSeen = (element) => {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
      return false;
    const box = element.getBoundingClientRect();
    const isOnPage = box.right > 0 && box.bottom + window.scrollY > 0 &&
      box.left < 2 * window.innerWidth;
    return box.width > 1 && box.height > 1 && isOnPage && !isCut(element, box);
  };
  // Many themes hide the box of a choice, and draw another beside its label; scripts
  // hide a list, and draw another after it.
  const isChoice = (element) => ["checkbox", "radio", "file"].includes(element.type);
  const isList = (element) => element.tagName === "SELECT";
  const isOpen = (element) =>
    isSeen(element) ||
    ((isChoice(element) || isList(element)) &&
      [...(element.labels || [])].some((label) => isSeen(label))) ||
    (isList(element) && [element.parentElement, element.nextElementSibling]
      .every((near) => near && isSeen(near)));

  const controls = [...document.querySelectorAll(CONTROLS)].slice(0, MOST);
  controls.forEach((control, number) => {
    control.setAttribute("data-watched", number);
  });
  // A form keeps its number while it lives: others of a page may look like it.
  let last = 0;
  const forms = [...document.querySelectorAll("form")];
  for (const form of forms)
    last = Math.max(last, Number(form.getAttribute("data-watched-form")) || 0);
  for (const form of forms)
    if (!form.hasAttribute("data-watched-form"))
      form.setAttribute("data-watched-form", ++last);

  const copy = document.documentElement.cloneNode(true);
  const twin = (control) =>
    copy.querySelector(`[data-watched="${control.getAttribute("data-watched")}"]`);

  for (const control of controls) {
    const copied = twin(control);
    if (!copied) continue;
    if (control.tagName === "TEXTAREA") copied.textContent = control.value;
    if (control.tagName === "INPUT" && !isChoice(control) && control.type !== "password")
      copied.setAttribute("value", control.value);
    // What scripts read by its place has no name; a reader needs one.
    if (!control.name && !["submit", "image", "reset"].includes(control.type))
      copied.setAttribute("name", `watched-${control.getAttribute("data-watched")}`);
  }

  // A form without a form element: what is around its message and its button.
  const written = controls.find(
    (control) => !control.form && isOpen(control) &&
      (control.tagName === "TEXTAREA" || control.type === "email"));
  if (written) {
    const first = twin(written);
    let place = first && first.parentElement;
    while (place && place !== copy.querySelector("body") && !place.querySelector("button"))
      place = place.parentElement;
    if (place) {
      const form = document.createElement("form");
      form.setAttribute("method", "post");
      form.append(...place.childNodes);
      place.append(form);
    }
  }
  // Where no button submits, a script listens to one that does nothing by itself.
  for (const form of copy.querySelectorAll("form"))
    if (!form.querySelector("button:not([type]), [type=submit], [type=image]"))
      for (const button of form.querySelectorAll("button[type=button], [role=button]"))
        button.setAttribute("type", "submit");

  [...copy.querySelectorAll("form")].forEach((form, number) => {
    form.setAttribute("data-watched-place", number);
  });
  const formOf = (control) => {
    const copied = twin(control);
    const owner = copied && (copied.closest("form") ||
      (control.form && copy.querySelector(
        `[data-watched-form="${control.form.getAttribute("data-watched-form")}"]`)));
    return owner ? Number(owner.getAttribute("data-watched-place")) : -1;
  };
  // The browser itself holds back a form with a field that is filled in wrongly.
  const isWrong = (control) =>
    control.form && !control.form.noValidate && control.willValidate &&
    !control.validity.valid;
  return {
    html: copy.outerHTML.slice(0, MOST_HTML),
    controls: controls.map((control, number) => ({
      number,
      form: formOf(control),
      name: (twin(control) || control).getAttribute("name") || "",
      kind: control.tagName === "INPUT" ? control.type : control.tagName.toLowerCase(),
      value: String(control.value || "").slice(0, MOST_VALUE),
      checked: Boolean(control.checked),
      submits: Boolean(control.form) && ["submit", "image"].includes(control.type) &&
        !control.formNoValidate,
      wrong: Boolean(isWrong(control)),
      words: (control.innerText || control.value || "").trim().slice(0, 200),
      seen: isOpen(control) && !control.disabled,
    })),
  };
}
