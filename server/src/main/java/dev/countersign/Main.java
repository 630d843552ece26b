package dev.countersign;

/** Wires the rooms together. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.out.println("Countersign");
    }
}
