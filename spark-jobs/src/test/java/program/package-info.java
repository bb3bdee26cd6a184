/** Programs of users, which know nothing of our packages: the tests put them into jars of their own. */
package program;
