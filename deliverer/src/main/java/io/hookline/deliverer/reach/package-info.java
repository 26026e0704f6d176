/**
 * Where deliverers may connect: schemes, ports and networks, and what IANA and the clouds keep addresses for. Pure and immutable; the name
 * resolver asks for every address it gives to the HTTP client, the client for every URL, commands for literal addresses. Any thread.
 */
@NullMarked
package io.hookline.deliverer.reach;

import org.jspecify.annotations.NullMarked;
