package io.mambaspark.text;

/**
 * A token that a tokenizer.json lists beside the vocabulary of its model.
 *
 * @param content    its text, not empty
 * @param sought     what is looked for in a text: the content, normalised if the text is
 * @param special    whether only prompts may have it, never a text
 * @param normalised whether it is looked for in the normalised text, after those that are not
 */
record AddedToken(int id, String content, String sought, boolean special, boolean normalised) {}
