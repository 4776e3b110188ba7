"""Pages whose forms only a browser sees: written by us, in the manner of many sites."""

FIELDS = """
<label>Your name <input id="who"></label>
<label>Your email <input id="mail" type="email"></label>
<label>Your message <textarea id="words"></textarea></label>
"""

SEND = """
const said = (id) => document.getElementById(id).value;
async function send() {
  const answer = await fetch("/api/contact", {
    method: "POST",
    headers: {"Content-Type": "application/json"},
    body: JSON.stringify({name: said("who"), email: said("mail"), text: said("words")}),
  });
  const told = await answer.json();
  document.getElementById("news").textContent = told.words;
}
"""

DRAWN = f"""<!doctype html><title>Contact</title><h1>Contact us</h1>
<div id="root"></div>
<p id="news" role="status"></p><script>{SEND}
setTimeout(() => {{
  document.getElementById("root").innerHTML = `<form id="f">{FIELDS}
    <label style="position:absolute;left:-9999px">Website <input name="url"></label>
    <button>Send</button></form>`;
  document.getElementById("f").addEventListener("submit", (event) => {{
    event.preventDefault(); send();
  }});
}}, 100);</script>"""
"""A form that a script draws and sends; its fields have no names."""

FORMLESS = f"""<!doctype html><title>Contact</title><h1>Contact us</h1>
<section>{FIELDS}<button type="button" onclick="send()">Send</button></section>
<p id="news" role="status"></p><script>{SEND}</script>"""
"""No form element at all."""

STEPS = f"""<!doctype html><title>Contact</title><h1>Write to us</h1>
<style>.later {{ display: none }}</style>
<form id="f"><div class="step">
<label>Topic <select id="topic" required><option value="">Choose<option>Bread</select>
</label><button type="button" onclick="go(0)">Next</button></div>
<div class="step later"><label>Your name <input id="who" required></label>
<label>Your email <input id="mail" type="email" required></label>
<button type="button" onclick="go(1)">Next</button></div>
<div class="step later"><label>Your message <textarea id="words" required></textarea>
</label><label><input type="checkbox" id="ok" required> I accept the privacy policy
</label><button>Send</button></div></form>
<p id="news" role="status"></p><script>{SEND}
const steps = document.querySelectorAll(".step");
function go(at) {{
  const open = [...steps[at].querySelectorAll("input, select")];
  if (!open.every((field) => field.reportValidity())) return;
  steps[at].classList.add("later"); steps[at + 1].classList.remove("later");
}}
document.getElementById("f").addEventListener("submit", (event) => {{
  event.preventDefault(); send();
}});</script>"""
"""Three steps, one shown at a time."""

POPUP = f"""<!doctype html><title>Bakery</title><h1>Bakery</h1>
<div id="banner" style="position:fixed;inset:0;background:#fffc;z-index:9">
We use cookies. <button onclick="this.parentElement.remove()">Accept all</button>
<button onclick="refused = true; this.parentElement.remove()">Reject all</button></div>
<button onclick="document.querySelector('dialog').showModal()">Contact us</button>
<dialog><form id="f">{FIELDS}<button>Send</button></form></dialog>
<p id="news" role="status"></p><script>{SEND} var refused = false;
document.getElementById("f").addEventListener("submit", (event) => {{
  event.preventDefault();
  if (refused) send();
}});</script>"""
"""A form in a pop-up, behind a banner: it sends only if cookies were refused."""


def framed(address: str) -> str:
    """Return a page that shows another one in a frame."""
    return f'<h1>Contact</h1><iframe src="{address}" width=600 height=600></iframe>'
