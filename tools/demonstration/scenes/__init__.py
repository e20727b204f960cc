"""The illustrations: each public function draws one whole scene on a canvas."""
