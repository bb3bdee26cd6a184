/**
 * Text as the reader sees it: normalised characters with their way back to the original ({@link
 * io.mambaspark.text.ReaderText}), tokens ({@link io.mambaspark.text.Tokenizer}), sentences ({@link
 * io.mambaspark.text.SentenceSplitter}), their form ({@link io.mambaspark.text.TextForm} as they are cut, {@link
 * io.mambaspark.text.UnitForm} from what they say) and spans.
 *
 * <p>Every index that leaves this package is a UTF-16 index into the <em>original</em> text ({@link
 * io.mambaspark.text.CodePoints} turns them into code points). Everything streams: nothing here is as long as the
 * document but the document itself. Character classes are those of ICU4J, so that they do not change with the JDK.
 *
 * <p>Not here: lexical analysis for search (stems, stop words), passages, and anything that knows a model's weights.
 */
package io.mambaspark.text;
