#pragma once
// Keys and signatures that test programs share. Made for this purpose; they protect nothing.

#include <string_view>

namespace tenon::crypto::samples {

constexpr std::string_view rsa_public_pem =
    "-----BEGIN PUBLIC KEY-----\n"
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAyrDpGkVMkJl5tbT08LyV\n"
    "VbfzwiQPeCEgw+9u8x2g9CQ6hwR/s1EWZRrsIFuOmNfgswANUT0lTctE/PzeP7xF\n"
    "F5/Bw5tZpoIYSbsv6CepbdzIaebBLoT4la2QRLmnBItnlHr3+0KtPuBN9qwXSUVN\n"
    "c3AsBYsoUkEiWS1PLSyn1BSTMIN6x3VYhCaVZGoueDF/JY3Zh6/3RanB81DfkA5e\n"
    "WGgrq//ecBenP6scxPfJSq8rPYYWrIVaimrxJMufhHqOt468tvYBULvv1tkCv0Ep\n"
    "hXcbU6fXhRpVo/3CCjCzpOqZvEfhPpmutTPA3HuUhDmCXKrGzb/KnoFczkVFi9DJ\n"
    "QQIDAQAB\n"
    "-----END PUBLIC KEY-----\n";

constexpr std::string_view rsa_private_pem =
    "-----BEGIN PRIVATE KEY-----\n"
    "MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQDKsOkaRUyQmXm1\n"
    "tPTwvJVVt/PCJA94ISDD727zHaD0JDqHBH+zURZlGuwgW46Y1+CzAA1RPSVNy0T8\n"
    "/N4/vEUXn8HDm1mmghhJuy/oJ6lt3Mhp5sEuhPiVrZBEuacEi2eUevf7Qq0+4E32\n"
    "rBdJRU1zcCwFiyhSQSJZLU8tLKfUFJMwg3rHdViEJpVkai54MX8ljdmHr/dFqcHz\n"
    "UN+QDl5YaCur/95wF6c/qxzE98lKrys9hhashVqKavEky5+Eeo63jry29gFQu+/W\n"
    "2QK/QSmFdxtTp9eFGlWj/cIKMLOk6pm8R+E+ma61M8Dce5SEOYJcqsbNv8qegVzO\n"
    "RUWL0MlBAgMBAAECggEAVpiZposn6HlhmeO7aCSxyoMCZhXg9Ap3RK7FYKHuc5AM\n"
    "30VpR5OjtUN40WQ8eol0qxUhG227w85N5aYlT+agQDUVY/w5o51eQhXypEVZqiHT\n"
    "EAexzi2qRMx34BzPQe5LLRESZGs6uCu9s18XvcqZifHJJP8slWPViHMGqj6zXzQ9\n"
    "MjpkA+kF5kPUqDbQ0/UOxmsz+jxQ2sN2UfBopVN8ABDxfYjqRIw5HdpWFavPROvc\n"
    "PRdzd05YfRZHSMNsEwYTF6zVFysX/i9dkwJCFumL+9RkALS6YFpRgXMzaTgJDqaA\n"
    "EgJjLnvQt+04hcV1ekaNKB8R5Oohuh7rBQarEnZLlwKBgQD/uG5UKRSaOjcYBg2P\n"
    "dLkVshsFQvuIXsI++w7nTUuFfz881am+aMIG9D7nQtUUGjbOgXyN5IcNe9waRf05\n"
    "dIPLaDS+54YFh5SQed8gjLelNAAbYAtd7EdtEeBotOzv4KBIEXcxlCFAMj+i9ZD0\n"
    "wdwS5rJlSCV84LCWDDdVvgWcywKBgQDK6aNdHhGobgaFjkarGkrZoahW8zu2Z3v7\n"
    "/gQFPLY6CcKYOJaTeSyfbg6P7HFD4LW4NyfJvEc+8yY54Anl+5w1msXiw+beZvDW\n"
    "KzLOoA47u6Ancan4JjuMDNI8WbVtn8Sa2js0iJBGW5WUFIf8pBsbo/5/Ww9enyqz\n"
    "h+Aszg9cowKBgFMbamfZrgNtlggtt2x+/8PoTVXJbhvkx/ZV+4L6oOey8idgPTlP\n"
    "rHc8G9Fm6/8LgfJdLNCki6u7LE4xntl0X3zU0geVEP5tEMBfiz913B1JqBs9fJQ6\n"
    "vP/ahnchDbvr4ctqObWYMbI+YmYgrsqM0mwmI6Y860oJb/pj3/vytLo/AoGBALhz\n"
    "RbNBwB9xVLBXMtoanmvSzamslV0sGMJql9EC7Us40BF7bzVDc1LBwq8F6bggLk/0\n"
    "o1B4u/L3KIp3o8fRvp/jv3pxRg5pWQf2YMr/J7EYz27LngwbBQo8JWgCzC+IijmR\n"
    "ozwP38Z1PjVLrIn1y0aG/rNaXVBQM4rbOua/sastAoGBAICZpuvtbhS9YEeYxfoG\n"
    "AKW2SIJuQWcbr2JaLNP3+rAjYDlHfTkCPUeWOGPuh65MzUkiN6s9o/tmXaQB+66p\n"
    "Ah82HOoSaOvgo1yt694XgQHhzjpiZPyy1tOe5a3+tWhNXiNiIKQTY/MbZb37M3il\n"
    "jmbvANdlz615IOJRHijjYSCv\n"
    "-----END PRIVATE KEY-----\n";

constexpr std::string_view rsa_1000_bits_pem =
    "-----BEGIN PUBLIC KEY-----\n"
    "MIGbMA0GCSqGSIb3DQEBAQUAA4GJADCBhQJ+ALEy0zbHRmyBjpbiZZB9grSnTH4+\n"
    "cXgCVeMf15B4v4q4U/1db0fLZqfimGNKCdLPrCxeQCkButxQtv2LuI8PI9ft6gku\n"
    "nYsIg2bq0ylVdP71x6/s07i+lkSpG4HdXXsWXj/PBwYxKuwCu4vluYTBVJDe12+F\n"
    "bftbKARTBGxnAgMBAAE=\n"
    "-----END PUBLIC KEY-----\n";

/// Of the message `sample`.
constexpr std::string_view rsa_sha1_signature =
    "PM2byXZt2z2cQGIs+mI7AigxvEY5xL3LF2CjVmg6IbOJUvjnwuGXbaxJG5zQfPLFrXT6LRi0XziCPpyO4KEdUxH0cXSVLONn"
    "f8YEomPI1tQ7kQV6s0AHu6rPQcbHVqO/rsBbfksC2ZH83+jpwe9ct6SGszPPRx4RFvHL8U/bdSw1n4xgOoLzoONE3J4zWefe"
    "vTHlBNZjNm+I7DxD+3DXbHeTyC1qCwOgKRM+14kwcbyxZt1J5O6EI4gq3hNSdJ1KGoHER8EHBfTIUBpKqY02RTmoujXlLH/V"
    "c0A3b+5cj2Qc6noDVCwN4QufYAbkSF9Xi6gDyndaF7LOR5hvFjCTaw==";

constexpr std::string_view rsa_sha256_signature =
    "LIOvu6y67SBNimNcdrt5jk2wnBXTtEJRVk6fBCLGBpjtVgHTiesCysHvYMMgjEgf9bweafMZAYOdmu4I0i9HhgArEly1zQmB"
    "2A1KUv+tUe0+m3hSU9o4D4RDAOhdPVhk+vdwIWnIGZnsyxlFMiK9xNhs1DAFDoiYSaaCBrau5IvPjq8lPyBiuqcmdP/jj3no"
    "5QUAnBNLLyG1L95H0zyXPZrEk8JfWdOy2JwyGN/4RpA0VeGfSMgiIsnwGKxP3x1fiskMS5EFnpyc+xcMq2n6eCmlgpbuke7Q"
    "kD6QEQNbp0JV+v1KCQS7QBHu17V4yQBsIlKR7V1VT0rQNdExXuSuVQ==";

/// `mac key of the sender`, OAEP with SHA-1.
constexpr std::string_view rsa_wrapped =
    "euoSP1IufXRHIILq68Z7Lc9W/2pZlVCG9Niq9Xe/gLFgJhwBDBCUYOboTNK+tGmFjV2Y1K3MJZBT54lbev/11wrbeBpR9wBZ"
    "ATCAG8drFG6iitZ0xWsr1YO0A3sWkHyGUwPpRlBG3QLBkMKvP7D7E57QP5Rcu2UqXPF2CCjkd+riDDP6pR0OacGkz4rMKIu4"
    "XOvqZn9pYD3gVyhkA4GphEXrAGke9XJvdFVwAfelX7wFNFGqaJ/sE3ysiHzxYs9IKRAGQu0bnSaCah/VwtGdUK4BzI7PRtkN"
    "NC8rANPYJTNFNF1J0pRZ5zST3NGywPx5whsOnzhLa2xYTYrXJwbGJg==";

}  // namespace tenon::crypto::samples
