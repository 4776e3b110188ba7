"""The pages of a small business's old website."""

PAGE = """\
<!DOCTYPE html>
<html><head><title>Riverside Studio: {title}</title></head>
<body bgcolor="#ffffff">
<h1>Riverside Studio</h1>
<p><a href="/">Home</a> | <a href="/contact">Contact</a></p>
{body}
</body></html>
"""
FORM = """\
<h2>Write to us</h2>{complaint}
<form action="/cgi-bin/contact" method="post">
{nonce}
<table>
<tr><td>Your name</td><td><input type="text" name="realname" size="30"></td></tr>
<tr><td>Your e-mail</td><td><input type="text" name="email" size="30"></td></tr>
<tr><td>Telephone</td><td><input type="text" name="phone" size="20"></td></tr>
<tr><td>Message</td>
<td><textarea name="comments" rows="8" cols="40"></textarea></td></tr>
</table>
{captcha}
<input type="submit" name="send" value="Send message">
</form>
"""
DRAWN = """<div id="here">Please wait…</div>
<script>document.getElementById("here").innerHTML = {};</script>"""
NONCE = '<input type="hidden" name="nonce" value="{}">'
CAPTCHA = '<div class="g-recaptcha" data-sitekey="test-site-key"></div>'
