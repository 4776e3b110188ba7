<?php
/**
 * Tell whether the request carries an exemption that is good; each is good once.
 *
 * `$folder` remembers the used ones for ten minutes: only your site may write there.
 */
function is_watchdog(string $key, string $folder): bool
{
    $shape = '/^v1 t=([0-9]{10}) n=([0-9a-f]{32}) s=([0-9a-f]{64})$/D';
    if (strlen($key) < 32 || !preg_match($shape, $_SERVER['HTTP_X_CONTACT_WATCHDOG'] ?? '', $told)) {
        return false;
    }
    [, $time, $nonce, $signature] = $told;
    $host = preg_replace('/:[0-9]*$/D', '', strtolower($_SERVER['HTTP_HOST'] ?? ''));
    $path = explode('?', $_SERVER['REQUEST_URI'], 2)[0];
    $signed = "v1\n$time\n$nonce\n{$_SERVER['REQUEST_METHOD']}\n$host\n$path";
    if (!hash_equals(hash_hmac('sha256', $signed, $key), $signature) || abs(time() - (int) $time) > 300) {
        return false;
    }
    if (@fopen("$folder/$nonce.used", 'x') === false) {  // it is there: it was used before
        return false;
    }
    foreach (glob("$folder/*.used") ?: [] as $used) {
        if (@filemtime($used) < time() - 600) {
            @unlink($used);
        }
    }
    return true;
}
