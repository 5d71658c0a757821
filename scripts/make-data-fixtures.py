"""Generates the small data files under test/fixtures/data that the reader tests compare with, using Python's own
codecs,
Pillow and NumPy. Run manually: python3 scripts/make-data-fixtures.py
"""

import io
import os
import tarfile

import numpy as np
from PIL import Image

ROOT = os.path.join(os.path.dirname(__file__), "..", "test", "fixtures", "data")


def path(*parts):
    full = os.path.join(ROOT, *parts)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    return full


def write(name, content):
    with open(path(name), "wb") as file:
        file.write(content)


def texts():
    rows = {
        "chinese": "姓名,城市,年龄\n王小明,北京,31\n李芳,上海,27\n张伟,广州,45\n陈静,深圳,38\n",
        "japanese": "名前,都市,年齢\nさとう はなこ,とうきょう,31\n鈴木 一郎,おおさか,27\nタナカ ケン,ナゴヤ,45\n",
        "korean": "이름,도시,나이\n김민수,서울,31\n이영희,부산,27\n박지훈,대구,45\n최수진,인천,38\n",
        "german": "Name;Größe;Ort\nMüller;1,83;Köln\nJäger;1,72;Zürich\nGröße;1,64;Düsseldorf\nWeiß;1,9;Lübeck\n",
        "french": "nom,ville,âge\nRené Lefèvre,Orléans,31\nZoé Gauthier,Besançon,27\nAgnès Rançon,Nîmes,45\n",
    }
    encodings = [
        ("chinese", "gb18030"),
        ("japanese", "shift_jis"),
        ("korean", "euc_kr"),
        ("german", "cp1252"),
        ("french", "cp1252"),
        ("chinese", "utf-16-le"),
        ("japanese", "utf-16-be"),
        ("korean", "utf-8"),
        ("chinese", "utf-8-sig"),
    ]
    for language, codec in encodings:
        write(f"text/{language}-{codec}.csv", rows[language].encode(codec))
    write("text/chinese-utf-16-bom.csv", b"\xff\xfe" + rows["chinese"].encode("utf-16-le"))


def picture(width=40, height=24):
    """Smooth colors with edges in them."""
    y, x = np.mgrid[0:height, 0:width]
    red = 255 * x / (width - 1)
    green = 255 * y / (height - 1)
    blue = 127.5 + 127.5 * np.sin(x / 3.0) * np.cos(y / 4.0)
    pixels = np.stack([red, green, blue], -1).round().astype(np.uint8)
    pixels[8:14, 10:20] = [250, 20, 30]
    return Image.fromarray(pixels)


def keep(name, array):
    np.save(path(f"images/{name}.npy"), np.ascontiguousarray(array))


def planar(image):
    array = np.asarray(image)
    return array[None] if array.ndim == 2 else array.transpose(2, 0, 1)


def images():
    rgb = picture()
    grey = rgb.convert("L")
    rgb.save(path("images/rgb.png"))
    keep("rgb", planar(rgb))
    keep("grey", planar(grey))
    grey.save(path("images/grey.png"))
    rgb.save(path("images/rgb.webp"), lossless=True)
    rgb.save(path("images/rgb.bmp"))
    rgb.save(path("images/rgb.tif"), compression="tiff_lzw")
    rgb.save(path("images/rgb.ppm"))
    grey.save(path("images/grey.pgm"))
    grey.save(path("images/grey.bmp"))
    grey.save(path("images/grey.tif"))
    rgb.save(path("images/photo.jpg"), quality=90)
    keep("photo", planar(Image.open(path("images/photo.jpg")).convert("RGB")))
    rgb.save(path("images/photo-progressive.jpg"), quality=90, progressive=True)
    keep("photo-progressive", planar(Image.open(path("images/photo-progressive.jpg")).convert("RGB")))
    rgb.convert("CMYK").save(path("images/cmyk.jpg"), quality=95)
    keep("cmyk", planar(Image.open(path("images/cmyk.jpg")).convert("RGB")))
    exif = Image.Exif()
    exif[0x0112] = 6
    rgb.save(path("images/turned.jpg"), quality=90, exif=exif)
    keep("turned", planar(Image.open(path("images/turned.jpg")).convert("RGB").transpose(Image.ROTATE_270)))

    palette = rgb.quantize(16)
    palette.save(path("images/palette.png"))
    palette.save(path("images/palette.bmp"))
    keep("palette", planar(palette.convert("RGB")))
    bits = grey.convert("1")
    bits.save(path("images/bits.png"))
    bits.save(path("images/bits.bmp"))
    bits.save(path("images/bits.tif"), compression="group4")
    keep("bits", planar(bits.convert("L")))

    alpha = Image.fromarray(np.tile(np.linspace(0, 255, 40).round().astype(np.uint8), (24, 1)))
    rgba = rgb.copy()
    rgba.putalpha(alpha)
    rgba.save(path("images/alpha.png"))
    rgba.save(path("images/alpha.webp"), lossless=True, exact=True)
    black = Image.new("RGBA", rgba.size, (0, 0, 0, 255))
    keep("alpha", planar(Image.alpha_composite(black, rgba).convert("RGB")))
    grey_alpha = grey.copy()
    grey_alpha.putalpha(alpha)
    grey_alpha.save(path("images/grey-alpha.png"))

    wide = (np.asarray(grey).astype(np.uint16) << 8) + np.arange(40, dtype=np.uint16) * 5
    Image.fromarray(wide).save(path("images/grey16.png"))
    Image.fromarray(wide).save(path("images/grey16.tif"))
    keep("grey16", (wide >> 8).astype(np.uint8)[None])

    frames = [palette, palette.transpose(Image.FLIP_LEFT_RIGHT), palette.transpose(Image.FLIP_TOP_BOTTOM)]
    frames[0].save(path("images/frames.gif"), save_all=True, append_images=frames[1:], duration=100)
    keep("frames", planar(Image.open(path("images/frames.gif")).convert("RGB")))
    Image.fromarray(np.linspace(0, 1, 12, dtype=np.float32).reshape(3, 4)).save(path("images/float.tif"))


def resized():
    """Pillow's antialiased bilinear resizing, which torchvision uses for PIL images."""
    rgb = picture(61, 45)
    rgb.save(path("images/odd.png"))
    for width, height in [(28, 28), (10, 33), (100, 80), (61, 20), (1, 1)]:
        keep(f"odd-{width}x{height}", planar(rgb.resize((width, height), Image.BILINEAR)))
    keep("odd-grey-28x28", planar(rgb.convert("L").resize((28, 28), Image.BILINEAR)))


def arrays():
    for kind in ["|b1", "|u1", "|i1", "<u2", ">u2", "<i2", ">i4", "<i4", "<u4", "<i8", ">i8", "<u8", "<f2", ">f2", "<f4", ">f4", "<f8", ">f8"]:
        values = np.arange(24).reshape(4, 3, 2) % (2 if kind == "|b1" else 100)
        array = (values - (12 if kind[1] in "if" else 0)).astype(kind)
        name = kind.replace("<", "little-").replace(">", "big-").replace("|", "")
        np.save(path(f"arrays/{name}.npy"), array)
    np.save(path("arrays/fortran.npy"), np.asfortranarray(np.arange(24, dtype="<i4").reshape(4, 3, 2)))
    for version in [(1, 0), (2, 0), (3, 0)]:
        with open(path(f"arrays/version{version[0]}.npy"), "wb") as file:
            np.lib.format.write_array(file, np.arange(6, dtype="<f4").reshape(2, 3), version=version)
    np.save(path("arrays/scalar.npy"), np.float64(2.5))
    np.save(path("arrays/objects.npy"), np.array([{"a": 1}, None], dtype=object), allow_pickle=True)
    np.save(path("arrays/texts.npy"), np.array(["cat", "dog"]))
    np.save(path("arrays/complex.npy"), np.array([1 + 2j]))
    members = {"x_train": np.arange(120, dtype=np.uint8).reshape(10, 3, 4), "y_train": np.arange(10, dtype=np.int64) % 3}
    np.savez(path("arrays/stored.npz"), **members)
    np.savez_compressed(path("arrays/deflated.npz"), **members)


def cifar():
    """Six batches of two images each, in the layout of cifar-10-binary.tar.gz."""
    names = [f"data_batch_{i}.bin" for i in range(1, 6)] + ["test_batch.bin"]
    classes = "airplane automobile bird cat deer dog frog horse ship truck".split()
    with tarfile.open(path("cifar/cifar-10-binary.tar.gz"), "w:gz", format=tarfile.GNU_FORMAT) as archive:

        def add(name, content):
            info = tarfile.TarInfo(f"cifar-10-batches-bin/{name}")
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))

        folder = tarfile.TarInfo("cifar-10-batches-bin")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
        add("batches.meta.txt", ("\n".join(classes) + "\n\n").encode())
        for b, name in enumerate(names):
            records = [bytes([(2 * b + i) % 10]) + bytes((p + 7 * (2 * b + i)) % 256 for p in range(3072)) for i in range(2)]
            add(name, b"".join(records))
        add("readme.html", b"<html></html>")


for make in [texts, images, resized, arrays, cifar]:
    make()
