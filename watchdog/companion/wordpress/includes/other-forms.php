<?php
/**
 * Forms that no hook of ours knows, such as a theme's own or Divi's: told by their mail.
 *
 * A mail is taken for a form's message where a visitor posted something, and the mail is
 * to be answered to an address that he typed.  Whoever may edit the site is no visitor.
 * Mails with passwords and links to log in are not to be answered to anybody.
 */

namespace ContactWatchdog;

defined('ABSPATH') || exit;

/** What else sends mail that answers to a visitor: comments, and orders. */
const NO_FORMS = ['comment_post', 'woocommerce_new_order', 'woocommerce_checkout_order_processed'];

function record_other_form(array $mail): void
{
    $is_post = ($_SERVER['REQUEST_METHOD'] ?? '') === 'POST';
    $visitor = visitor_of($mail);
    $is_other = current_user_can('edit_posts') || array_filter(NO_FORMS, 'did_action');
    if (Current::$id || !$is_post || $visitor === '' || $is_other) {
        return;
    }
    $to = is_array($mail['to'] ?? '') ? implode(',', $mail['to']) : (string) ($mail['to'] ?? '');
    if (stripos($to, $visitor) === false && was_typed($visitor)) {
        record(['system' => 'mail', 'form' => '', 'fields' => [
            field('email', $visitor, '', 'email'),
            field('subject', $mail['subject'] ?? ''),
            field('message', wp_strip_all_tags((string) ($mail['message'] ?? '')), '', 'textarea'),
        ]]);
    }
}

/** The address that an answer to this mail goes to. */
function visitor_of(array $mail): string
{
    $headers = $mail['headers'] ?? '';
    $lines = is_array($headers) ? implode("\n", array_map(
        static fn($name, $value) => is_string($name) ? "$name: " . text_of($value) : text_of($value),
        array_keys($headers),
        $headers
    )) : (string) $headers;
    return preg_match('/^reply-to:(.*)$/im', $lines, $found) ? address_in($found[1]) : '';
}

function was_typed(string $address): bool
{
    $typed = false;
    array_walk_recursive($_POST, static function ($value) use ($address, &$typed): void {
        $typed = $typed || (is_string($value) && strcasecmp(trim($value), $address) === 0);
    });
    return $typed;
}
