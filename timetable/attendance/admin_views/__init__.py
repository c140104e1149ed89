"""The staff's screens of attendance: an edition at a glance, its rules, its sessions in lessons."""
