// What is better with a script; every page works without it.
"use strict";
