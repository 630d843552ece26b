/**
 * The tools over calendars, mail, contacts and files, one file each, written once for all providers. Uses the services of this
 * module, the connector API and the JDK only.
 */
@NullMarked
package dev.countersign.connector.workspace.tools;

import org.jspecify.annotations.NullMarked;
