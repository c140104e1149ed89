"""What changes what is known of somebody who plays: begun, saved, reported, tried again. Safe to repeat, all of it."""
