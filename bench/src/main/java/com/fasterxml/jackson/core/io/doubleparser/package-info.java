/** What event-ruler calls and Jackson no longer has. Nothing else may be here. */
@NullMarked
package com.fasterxml.jackson.core.io.doubleparser;

import org.jspecify.annotations.NullMarked;
