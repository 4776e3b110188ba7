<?php
/**
 * CAPTCHAs and Akismet, for plugins whose own filters do not let a signed message past.
 *
 * Elementor, Forminator, Gravity Forms, Kadence, MetForm and SureForms ask the service
 * whether an answer is right, by WordPress's HTTP functions.  For a signed message we
 * answer in the service's place, and nobody is asked.
 */

namespace ContactWatchdog;

defined('ABSPATH') || exit;

const CAPTCHA_SERVICES = [
    'https://www.google.com/recaptcha/api/siteverify',
    'https://www.recaptcha.net/recaptcha/api/siteverify',
    'https://hcaptcha.com/siteverify',
    'https://api.hcaptcha.com/siteverify',
    'https://challenges.cloudflare.com/turnstile/v0/siteverify',
];
const AKISMET = '~^https?://(?:[a-z0-9-]+\.)?rest\.akismet\.com/1\.1/comment-check$~';
const CAPTCHA_FIELDS = [
    'g-recaptcha-response', 'h-captcha-response', 'cf-turnstile-response', 'forminator-turnstile-response',
];

function answer_for_captchas(): void
{
    // Without an answer to check, plugins refuse before they ask.
    foreach (CAPTCHA_FIELDS as $field) {
        $_POST[$field] = ($_POST[$field] ?? '') ?: 'signed-test';
    }
    change('pre_http_request', static function ($answer, $asked = [], $url = '') {
        if (in_array(strtok((string) $url, '?'), CAPTCHA_SERVICES, true)) {
            return answered('{"success":true,"score":0.9}');
        }
        return preg_match(AKISMET, (string) $url) ? answered('false') : $answer;
    });
}

function answered(string $body): array
{
    return [
        'headers' => [],
        'body' => $body,
        'response' => ['code' => 200, 'message' => 'OK'],
        'cookies' => [],
        'filename' => null,
    ];
}
