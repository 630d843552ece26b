package dev.countersign.oauth;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which IP addresses belong to the public internet. All that RFC 6890 and the IANA registries set aside are refused, and with them
 * every form of IPv6 that carries an IPv4 address: what is behind a translator cannot be judged from here.
 */
public final class PublicAddresses implements Predicate<InetAddress> {
    private static final List<Block> SPECIAL_V4 = List.of(
            block("0.0.0.0", 8),
            block("10.0.0.0", 8),
            block("100.64.0.0", 10),
            block("127.0.0.0", 8),
            block("169.254.0.0", 16),
            block("172.16.0.0", 12),
            block("192.0.0.0", 24),
            block("192.0.2.0", 24),
            block("192.31.196.0", 24),
            block("192.52.193.0", 24),
            block("192.88.99.0", 24),
            block("192.168.0.0", 16),
            block("192.175.48.0", 24),
            block("198.18.0.0", 15),
            block("198.51.100.0", 24),
            block("203.0.113.0", 24),
            block("224.0.0.0", 4),
            block("240.0.0.0", 4));

    /** Only this is global unicast; loopback, link-local, ULA, site-local, multicast and NAT64 are outside of it. */
    private static final Block GLOBAL_V6 = block("2000::", 3);

    private static final List<Block> SPECIAL_V6 = List.of(
            block("2001::", 23), // protocol assignments, among them Teredo and ORCHID
            block("2001:db8::", 32),
            block("2002::", 16), // 6to4
            block("2620:4f:8000::", 48),
            block("3fff::", 20));

    private record Block(byte[] prefix, int bits) {
        boolean contains(byte[] address) {
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if (((prefix[bit / 8] ^ address[bit / 8]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    @Override
    public boolean test(InetAddress address) {
        var bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            return SPECIAL_V4.stream().noneMatch(block -> block.contains(bytes));
        }
        return GLOBAL_V6.contains(bytes)
                && SPECIAL_V6.stream().noneMatch(block -> block.contains(bytes))
                && !isatap(bytes);
    }

    /** RFC 5214 section 6.1: an interface identifier of 0000:5efe or 0200:5efe carries an IPv4 address. */
    private static boolean isatap(byte[] address) {
        return (address[8] & 0xFD) == 0 && address[9] == 0 && address[10] == 0x5E && address[11] == (byte) 0xFE;
    }

    private static Block block(String prefix, int bits) {
        try {
            return new Block(InetAddress.getByName(prefix).getAddress(), bits);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
