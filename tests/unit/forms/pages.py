"""Contact forms as sites have them, written by us in the manner of each system."""

CLASSIC = """
<!doctype html><title>Bakery</title><h1>Contact</h1>
<form action="/contact/#f5" method="post" class="wpcf7-form init" novalidate>
<input type="hidden" name="_wpcf7" value="5">
<input type="hidden" name="_unit" value="f5">
<p><label>Your name<span class="wrap"><input class="wpcf7-text
  wpcf7-validates-as-required" aria-required="true" name="your-name"></span></label></p>
<p><label>Your email<input type="email" class="wpcf7-validates-as-required"
  name="your-email"></label></p>
<p><label>What<select name="menu-what" class="wpcf7-validates-as-required">
  <option value="">Please choose<option>Bread<option>Cake</select></label></p>
<p><label>Message (optional)<textarea name="your-message"></textarea></label></p>
<p><span><label class="hp-message">Please leave this field empty.</label>
  <input name="sclpzxywbxqc" tabindex="1000"></span></p>
<p><label><input type="checkbox" name="privacy" value="1">I accept the privacy
  policy.</label></p>
<input type="submit" value="Send">
<p style="display: none !important;"><label>&#916;<textarea name="_ak_hp_textarea">
  </textarea></label></p></form>
"""

DECOY = """
<form id="wpforms-form-17" method="post" enctype="multipart/form-data"
  action="/contact/" data-formid="17" data-token="70a7">
<div><label for="f4">Comment Name or</label>
  <input id="f4" name="wpforms[fields][4]"></div>
<fieldset><legend>Name *</legend>
<div><input id="f1" name="wpforms[fields][1][first]" required>
  <label for="f1" class="after">First</label></div>
<div><input id="f1l" name="wpforms[fields][1][last]" required>
  <label for="f1l" class="after">Last</label></div></fieldset>
<div><label for="f2">Email *</label><input type="email" id="f2" required
  name="wpforms[fields][2]"></div>
<div><label for="f3">Comment or Message</label>
  <textarea id="f3" name="wpforms[fields][3]"></textarea></div>
<input type="hidden" name="wpforms[id]" value="17">
<button type="submit" name="wpforms[submit]" value="wpforms-submit">Submit</button>
</form>
"""

BUILDER = """
<style>.elementor-field-group.trap-7 { position: absolute; left: -9999px }</style>
<form class="elementor-form" method="post" name="Contact">
<input type="hidden" name="post_id" value="30">
<input type="hidden" name="form_id" value="5a">
<div><label for="n">Name</label><input id="n" name="form_fields[name]" required></div>
<div><label for="e">Email</label><input id="e" type="email" name="form_fields[email]"
  required></div>
<div><label for="t">Tel</label><input id="t" type="tel" name="form_fields[tel]"
  pattern="[0-9()#&amp;+*-=.]+" required></div>
<div><label for="m">Message</label><textarea id="m" name="form_fields[message]"
  required></textarea></div>
<div class="elementor-field-group trap-7"><input name="form_fields[field_9]"></div>
<button type="submit">Send</button></form>
"""

VALIDATED = """
<form method="post" enctype="multipart/form-data" id="gform_1" action="/contact/">
<div class="gfield gform_validation_container"><label for="i5">Company</label>
  <div><input name="input_5" id="i5"></div>
  <div>This field is for validation purposes and should be left unchanged.</div></div>
<div><input name="input_1.3" id="i13" aria-required="true">
  <label for="i13">First</label></div>
<div><input name="input_1.6" id="i16" aria-required="true">
  <label for="i16">Last</label></div>
<div class="gfield_contains_required"><label for="i2">Email</label>
  <input name="input_2" id="i2" type="email"></div>
<div><label for="i3">Phone</label><input name="input_3" id="i3" type="tel"></div>
<div><label for="i4">Comments</label><textarea name="input_4" id="i4"
  aria-required="true"></textarea></div>
<input type="submit" id="b1" value="Submit">
<input type="hidden" name="gform_submit" value="1"></form>
"""

FRAMEWORK = """
<form action="/kontakt/" method="post">
<input type="hidden" name="csrfmiddlewaretoken" value="tok">
<p><label for="id_name">Name:</label> <input name="name" required id="id_name"></p>
<p><label for="id_mail">E-Mail:</label> <input type="email" name="mail" required
  id="id_mail"></p>
<p><label for="id_text">Nachricht:</label> <textarea name="text" cols="40" rows="10"
  required id="id_text"></textarea></p>
<input type="submit" value="Absenden"></form>
"""

TABLE = """
<table><form action="/cgi-bin/FormMail.pl" method=POST><tr><td>Your Name:</td>
<td><input name=realname></td></tr><tr><td>Your E-Mail:<td><input name=from></tr>
<tr><td>Comments:<td><textarea name=comments></textarea></tr>
<tr><td><input type=submit value="Send it"><input type=reset></tr></form></table>
<input name=outside>
"""

SEVERAL = """
<form role="search" action="/"><input type="search" name="s"></form>
<form id="login"><input name="log"><input type="password" name="pwd"></form>
<h2>Write to us</h2>
<form id="write" method="post" action="/write"><input name="name"><input name="email">
<textarea name="message"></textarea><button>Send</button></form>
<form id="news" method="post" class="mc4wp-form"><input type="email" name="EMAIL">
<button>Subscribe</button></form>
<form id="commentform" action="/wp-comments-post.php" method="post">
<textarea name="comment"></textarea><input name="author"><input name="email"></form>
"""

LANGUAGES = {
    "en": ("Your name", "Your email", "Phone", "Subject", "Your message"),
    "de": ("Ihr Name", "E-Mail-Adresse", "Telefonnummer", "Betreff", "Ihre Nachricht"),
    "fr": ("Votre nom", "Courriel", "Téléphone", "Sujet", "Votre message"),
    "es": ("Nombre", "Correo electrónico", "Teléfono", "Asunto", "Mensaje"),
    "it": ("Nome", "Indirizzo e-mail", "Telefono", "Oggetto", "Messaggio"),
    "nl": ("Naam", "E-mailadres", "Telefoonnummer", "Onderwerp", "Bericht"),
    "pl": ("Imię i nazwisko", "Adres e-mail", "Telefon", "Temat", "Wiadomość"),
    "pt": ("Nome", "E-mail", "Telemóvel", "Assunto", "Mensagem"),
}
