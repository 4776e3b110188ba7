<?php
/** What WordPress says of its mails, noted with the submission that they are about. */

namespace ContactWatchdog;

defined('ABSPATH') || exit;

function record_mail(): void
{
    watch('wp_mail', static function ($mail): void {
        if (is_array($mail)) {
            record_other_form($mail);
        }
    }, PHP_INT_MAX);
    watch('wp_mail_succeeded', static function ($mail): void {
        if (is_array($mail) && !is_to_visitor($mail)) {
            record_mail_state('sent', '');
        }
    });
    watch('wp_mail_failed', static function ($error): void {
        $mail = $error->get_error_data();
        if (!is_array($mail) || !is_to_visitor($mail)) {
            record_mail_state('failed', $error->get_error_message());
        }
    });
}

/** Whether a mail is only for who filled the form in: an answer, not the message itself. */
function is_to_visitor(array $mail): bool
{
    $to = $mail['to'] ?? [];
    $addresses = array_map(__NAMESPACE__ . '\\address_in', is_array($to) ? $to : explode(',', (string) $to));
    foreach ($addresses as $address) {
        if ($address === '' || stripos(Current::$fields, (string) json_encode($address)) === false) {
            return false;
        }
    }
    return $addresses !== [];
}

/** @param mixed $text */
function address_in($text): string
{
    $found = preg_match('/[^\s<>,;:"]+@[^\s<>,;"]+/', is_string($text) ? $text : '', $address);
    return $found ? $address[0] : '';
}
