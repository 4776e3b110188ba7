<?php
/** Whether this request is one of the owner's own tests: it carries a header that he signed. */

namespace ContactWatchdog;

defined('ABSPATH') || exit;

const MOST_SECONDS_APART = 300;

/** Whether this request is signed; its nonce is used up by the first call. */
function is_signed(): bool
{
    static $is_signed = null;
    if ($is_signed === null) {
        $is_signed = false;
        $given = $_SERVER['HTTP_X_CONTACT_WATCHDOG'] ?? '';
        if (is_string($given) && $given !== '') {
            $nonce = signed_nonce($given, settings()['key'], $_SERVER, time());
            $is_signed = $nonce !== '' && take_nonce($nonce, time());
        }
    }
    return $is_signed;
}

/**
 * Whether this request is a signed message.
 *
 * A signed page must be like anybody's: a cache may keep it and show it to visitors.
 */
function is_exempted(): bool
{
    return is_signed() && ($_SERVER['REQUEST_METHOD'] ?? '') === 'POST';
}

/** Returns the header's nonce if the header fits the key, the request and the hour; else ''. */
function signed_nonce(string $header, string $key, array $request, int $now): string
{
    $form = '/^v1 t=([0-9]{1,12}) n=([0-9a-f]{32}) s=([0-9a-f]{64})$/D';
    if (strlen($key) < LEAST_KEY || !preg_match($form, $header, $found)) {
        return '';
    }
    [, $stamp, $nonce, $signature] = $found;
    $signed = implode("\n", [
        'v1',
        $stamp,
        $nonce,
        strtoupper($request['REQUEST_METHOD'] ?? ''),
        preg_replace('/:[0-9]*$/D', '', strtolower($request['HTTP_HOST'] ?? '')),
        path_of($request['REQUEST_URI'] ?? ''),
    ]);
    $is_ours = hash_equals(hash_hmac('sha256', $signed, $key), $signature);
    return $is_ours && abs($now - (int) $stamp) <= MOST_SECONDS_APART ? $nonce : '';
}

/** The path as it was sent, without its query; some servers tell the whole address. */
function path_of(string $uri): string
{
    $path = preg_replace('~^https?://[^/?#]*~i', '', $uri);
    $path = explode('#', explode('?', $path, 2)[0], 2)[0];
    return $path === '' ? '/' : $path;
}
