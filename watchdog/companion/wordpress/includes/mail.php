<?php
/** What WordPress says of its mails, noted with the submission that they are about. */

namespace ContactWatchdog;

defined('ABSPATH') || exit;

/** What puts work off until later: a queue of mails may be among it. */
const QUEUES = ['action_scheduler_stored_action', 'schedule_event'];
const MOST_BYTES_OF_A_BODY = 1000000;

/**
 * Notes, of each mail but those to the visitor alone: sent, or failed, and to whom.
 *
 * A submission of which nothing was mailed, nor put off, is marked at the end of its
 * request; but not where another plugin has put its own mailer in WordPress's place.
 */
function record_mail(): void
{
    watch('wp_mail', static function ($mail): void {
        record_other_form((array) $mail);
        Current::$is_mailed = Current::$is_mailed || !is_to_visitor((array) $mail);
    }, PHP_INT_MAX);
    foreach (QUEUES as $hook) {
        watch($hook, static function (): void {
            Current::$is_mailed = true;
        });
    }
    watch('wp_mail_succeeded', static function ($mail): void {
        note_mail('sent', (array) $mail);
    });
    watch('wp_mail_failed', static function ($error): void {
        note_mail('failed', (array) $error->get_error_data(), $error->get_error_message());
    });
    watch('shutdown', static function (): void {
        $mailer = (string) (new \ReflectionFunction('wp_mail'))->getFileName();
        if (!Current::$is_mailed && basename($mailer) === 'pluggable.php') {
            record_mail_state('none');
        }
    });
}

function note_mail(string $state, array $mail, string $error = ''): void
{
    if (!is_to_visitor($mail)) {
        record_mail_state($state, implode(', ', recipients_of($mail)), $error);
    }
}

/** Whether a mail is only for who filled the form in: an answer, not the message itself. */
function is_to_visitor(array $mail): bool
{
    $recipients = recipients_of($mail);
    foreach ($recipients as $address) {
        $is_filled_in = stripos(Current::$fields, (string) json_encode($address)) !== false;
        if (!$is_filled_in || !came_along($address)) {
            return false;
        }
    }
    return $recipients !== [];
}

/**
 * Whether this request brought an address, in whatever way a form's script packs it.
 *
 * Contact Form 7 puts the owner's own behind a choice of the visitor's: "Sales" becomes
 * the address of whom it is mailed to.
 * https://contactform7.com/selectable-recipient-with-pipes/
 */
function came_along(string $address): bool
{
    $came = false;
    $sent = [wp_unslash($_POST), file_get_contents('php://input', false, null, 0, MOST_BYTES_OF_A_BODY)];
    array_walk_recursive($sent, static function ($value) use ($address, &$came): void {
        $came = $came
            || stripos((string) $value, $address) !== false
            || stripos(urldecode((string) $value), $address) !== false;
    });
    return $came;
}

/** @return string[] */
function recipients_of(array $mail): array
{
    $to = $mail['to'] ?? [];
    $given = is_array($to) ? $to : explode(',', (string) $to);
    return array_values(array_filter(array_map(__NAMESPACE__ . '\\address_in', $given)));
}

/** @param mixed $text */
function address_in($text): string
{
    $found = preg_match('/[^\s<>,;:"]+@[^\s<>,;"]+/', is_string($text) ? $text : '', $address);
    return $found ? $address[0] : '';
}
