package io.github.nettyping.cli.watch;

import io.github.nettyping.monitor.MonitorSnapshot;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp;
import org.jline.utils.NonBlockingReader;

/**
 * Shows a watch at a terminal, on a thread of its own: takes snapshots four times a second, draws what changed, reads keys. The
 * terminal is given back whatever happens.
 */
final class WatchScreen {

    private static final long FRAME_MILLIS = 250;
    private static final long KEY_MILLIS = 50;
    private static final long SNAPSHOT_MILLIS = 2_000;
    private static final int CONTROL_C = 3;
    private static final int ESCAPE = 27;
    private static final int DELETE = 127;

    private final Supplier<CompletableFuture<MonitorSnapshot>> snapshots;
    private final ScreenText text;
    private final Runnable end;
    private final Runnable interrupt;
    private final Terminal terminal;
    private final Attributes before;
    private final ScreenView view = new ScreenView();
    private final Thread thread;
    private volatile boolean closing;

    /**
     * Takes the terminal over.
     *
     * @param end       called when a key asks for it
     * @param interrupt called for control-C
     * @throws IOException if there is no terminal
     */
    WatchScreen(
            Supplier<CompletableFuture<MonitorSnapshot>> snapshots, ScreenText text, Runnable end, Runnable interrupt)
            throws IOException {
        this.snapshots = snapshots;
        this.text = text;
        this.end = end;
        this.interrupt = interrupt;
        this.terminal = TerminalBuilder.builder()
                .system(true)
                .dumb(false)
                .provider("jni")
                // Signals are the program's.
                .nativeSignals(false)
                .build();
        this.before = terminal.enterRawMode();
        terminal.puts(InfoCmp.Capability.enter_ca_mode);
        terminal.puts(InfoCmp.Capability.cursor_invisible);
        terminal.flush();
        this.thread = new Thread(this::run, "nettyping-screen");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Gives the terminal back; returns when that is done. A second call does nothing. */
    void close() {
        synchronized (this) {
            if (closing) {
                return;
            }
            closing = true;
        }
        if (thread != Thread.currentThread()) {
            try {
                thread.join(FRAME_MILLIS * 4);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        terminal.setAttributes(before);
        terminal.puts(InfoCmp.Capability.cursor_normal);
        terminal.puts(InfoCmp.Capability.exit_ca_mode);
        terminal.flush();
        try {
            terminal.close();
        } catch (IOException e) {
            // It is gone; so is what was changed of it.
        }
    }

    private void run() {
        try {
            Display display = new Display(terminal, true);
            int rows = 0;
            int columns = 0;
            NonBlockingReader keys = terminal.reader();
            long nextFrame = System.nanoTime();
            boolean dirty = true;
            while (!closing) {
                if (System.nanoTime() - nextFrame >= 0) {
                    nextFrame = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(FRAME_MILLIS);
                    takeSnapshot();
                    dirty = true;
                }
                Size now = terminal.getSize();
                if (now.getRows() > 0 && (now.getRows() != rows || now.getColumns() != columns)) {
                    rows = now.getRows();
                    columns = now.getColumns();
                    display.clear();
                    display.resize(now);
                    dirty = true;
                }
                if (dirty && rows > 0) {
                    draw(display, columns, rows);
                    dirty = false;
                }
                dirty |= readKey(keys, Math.max(1, rows));
            }
        } catch (IOException | RuntimeException e) {
            // The terminal is gone.
            end.run();
        }
    }

    private void takeSnapshot() {
        try {
            view.update(
                    snapshots.get().get(SNAPSHOT_MILLIS, TimeUnit.MILLISECONDS).targets());
        } catch (ExecutionException | TimeoutException | IllegalStateException e) {
            // It is ending, or busy; the picture stays.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void draw(Display display, int columns, int rows) {
        List<AttributedString> lines = text.lines(view, columns, rows, Instant.now()).stream()
                .map(AttributedString::fromAnsi)
                .toList();
        display.update(lines, 0);
        terminal.flush();
    }

    /** Waits for a key for a moment; returns whether there was one. */
    private boolean readKey(NonBlockingReader keys, int lines) throws IOException {
        int read = keys.read(KEY_MILLIS);
        if (read == NonBlockingReader.READ_EXPIRED) {
            return false;
        }
        if (read == NonBlockingReader.EOF) {
            throw new IOException("the terminal is closed");
        }
        if (read == CONTROL_C) {
            interrupt.run();
            return false;
        }
        ScreenView.Key key =
                switch (read) {
                    case '\r', '\n' -> ScreenView.Key.ENTER;
                    case '\b', DELETE -> ScreenView.Key.BACKSPACE;
                    case ESCAPE -> escaped(keys);
                    default -> read < ' ' ? ScreenView.Key.NONE : ScreenView.Key.CHARACTER;
                };
        if (view.press(key, (char) read, ScreenText.rows(lines))) {
            end.run();
        }
        return true;
    }

    /** Reads the rest of a key that sends several characters: those of ECMA-48 that terminals agree on. */
    private static ScreenView.Key escaped(NonBlockingReader keys) throws IOException {
        int read = keys.read(KEY_MILLIS);
        if (read != '[' && read != 'O') {
            return ScreenView.Key.ESCAPE;
        }
        StringBuilder sequence = new StringBuilder();
        do {
            read = keys.read(KEY_MILLIS);
            sequence.append((char) Math.max(0, read));
        } while (read > 0 && !(read >= '@' && read <= '~'));
        return switch (sequence.toString()) {
            case "A" -> ScreenView.Key.UP;
            case "B" -> ScreenView.Key.DOWN;
            case "H", "1~", "7~" -> ScreenView.Key.HOME;
            case "F", "4~", "8~" -> ScreenView.Key.END;
            case "5~" -> ScreenView.Key.PAGE_UP;
            case "6~" -> ScreenView.Key.PAGE_DOWN;
            default -> ScreenView.Key.NONE;
        };
    }
}
