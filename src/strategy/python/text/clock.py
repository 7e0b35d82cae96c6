def session(*spans):
    """Whether each bar opens in one of the spans: minutes from and to, and a bit for each day on which the span may begin, bit 0 Sunday."""
    minutes, today = hour * 60 + minute, (dayofweek - 1).astype(int)
    inside = np.full(BARS, False)
    for start, end, days in spans:
        begins, began = (days >> today & 1) == 1, (days >> (today + 6) % 7 & 1) == 1
        if start < end:
            inside |= (minutes >= start) & (minutes < end) & begins
        else:
            inside |= np.where(minutes >= start, begins, (minutes < end) & began)
    return inside


def random(seed):
    """Uniform in [0, 1) by the bar's time: Threefry-4x32, 20 rounds (Salmon, Moraes, Dror, Shaw 2011)."""
    if not 0 <= seed < 2 ** 53 or seed != int(seed):
        return np.full(BARS, np.nan)
    low, top, seed = np.uint32(0xffffffff), np.uint64(32), int(seed)
    key = [seed & 0xffffffff, seed >> 32, 0, 0]
    key.append(0x1bd11bda ^ key[0] ^ key[1])
    at = time.view(np.uint64)
    words = [(at & np.uint64(low)).astype(np.uint32), (at >> top).astype(np.uint32), np.full(BARS, 0x726e64, np.uint32), np.zeros(BARS, np.uint32)]
    words = [word + np.uint32(part) for word, part in zip(words, key)]
    turns = [(10, 26), (11, 21), (13, 27), (23, 5), (6, 20), (17, 11), (25, 10), (18, 20)]
    for step in range(20):
        a, b = turns[step % 8]
        first, second = (1, 3) if step % 2 == 0 else (3, 1)
        words[0] = words[0] + words[first]
        words[first] = (words[first] << np.uint32(a) | words[first] >> np.uint32(32 - a)) ^ words[0]
        words[2] = words[2] + words[second]
        words[second] = (words[second] << np.uint32(b) | words[second] >> np.uint32(32 - b)) ^ words[2]
        if step % 4 == 3:
            turn = step // 4 + 1
            words = [word + np.uint32((key[(turn + k) % 5] + (turn if k == 3 else 0)) & 0xffffffff) for k, word in enumerate(words)]
    high_bits = (words[1] >> np.uint32(5)).astype(float)
    return (high_bits * 67108864 + (words[0] >> np.uint32(6)).astype(float)) / 9007199254740992
