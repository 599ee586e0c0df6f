/* What plan.wasm has instead of the C library's own, which would import what no browser has: a
 * broken invariant stops the module instead of printing. And formatting is only what messages of
 * base/ and plan/ use, %d and %s: a tenth of the module would be what they do not. Not in native
 * builds. */
#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

_Noreturn void __assert_fail(const char *what, const char *file, int line, const char *function);

_Noreturn void __assert_fail(const char *what, const char *file, int line, const char *function)
{
    (void)what, (void)file, (void)line, (void)function;
    __builtin_trap();
}

/* Writes the number before `end`; returns where it begins. */
static char *format_number(char *end, int value)
{
    unsigned rest = value < 0 ? 0U - (unsigned)value : (unsigned)value;
    do
        *--end = (char)('0' + rest % 10);
    while (rest /= 10);
    if (value < 0)
        *--end = '-';
    return end;
}

int vsnprintf(char *out, size_t size, const char *format, va_list args)
{
    size_t len = 0;
    for (; *format; format++) {
        char digits[12] = {0};
        const char *text = format;
        size_t part = 1;
        if (*format == '%') {
            format++;
            if (*format == 'd')
                text = format_number(digits + sizeof digits - 1, va_arg(args, int));
            else if (*format == 's')
                text = va_arg(args, const char *);
            else
                __builtin_trap();
            part = strlen(text);
        }
        for (; part > 0; part--, text++, len++)
            if (len + 1 < size)
                out[len] = *text;
    }
    if (size > 0)
        out[len < size ? len : size - 1] = '\0';
    return (int)len;
}

int snprintf(char *out, size_t size, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int len = vsnprintf(out, size, format, args);
    va_end(args);
    return len;
}
