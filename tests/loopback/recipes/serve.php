<?php
require __DIR__ . '/../../../docs/recipes/verify.php';
echo is_watchdog(getenv('RECIPE_KEY'), getenv('RECIPE_FOLDER')) ? 'yes' : 'no';
