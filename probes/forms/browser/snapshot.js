// What a frame shows now, as HTML that a reader without scripts understands, and
// which of its controls a person sees.  Every control is numbered in the page, by
// `data-watched`, so that it can be found again; nothing else of it is changed.
() => {
  const CONTROLS = "input, select, textarea, button";
  const MOST = 1000;

  const isSeen = (element) => {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
      return false;
    const box = element.getBoundingClientRect();
    const isOnPage = box.right > 0 && box.bottom + window.scrollY > 0;
    return box.width > 1 && box.height > 1 && isOnPage;
  };
  // Many themes hide the box of a choice, and draw another beside its label.
  const isChoice = (element) => ["checkbox", "radio", "file"].includes(element.type);
  const isOpen = (element) =>
    isSeen(element) ||
    (isChoice(element) && [...(element.labels || [])].some((label) => isSeen(label)));

  const controls = [...document.querySelectorAll(CONTROLS)].slice(0, MOST);
  controls.forEach((control, number) => {
    control.setAttribute("data-watched", number);
  });
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
    let around = written.parentElement;
    while (around && around !== document.body && !around.querySelector("button"))
      around = around.parentElement;
    const first = around && twin(written);
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
    form.setAttribute("data-watched-form", number);
  });
  const formOf = (control) => {
    const copied = twin(control);
    const owner = copied && (copied.closest("form") ||
      (control.form && copy.querySelector(`form[id="${CSS.escape(control.form.getAttribute("id") || "")}"]`)));
    return owner ? Number(owner.getAttribute("data-watched-form")) : -1;
  };
  return {
    html: copy.outerHTML,
    controls: controls.map((control, number) => ({
      number,
      form: formOf(control),
      name: (twin(control) || control).getAttribute("name") || "",
      kind: control.tagName === "INPUT" ? control.type : control.tagName.toLowerCase(),
      value: String(control.value || ""),
      words: (control.innerText || control.value || "").trim().slice(0, 200),
      seen: isOpen(control) && !control.disabled,
    })),
  };
}
