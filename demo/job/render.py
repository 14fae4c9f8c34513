"""Render a scene of reflecting spheres to PNG frames and one animation: the demo's paid job.

Reads /job/in/scene.json and writes /job/out/frame-NN.png and /job/out/animation.gif. Runs inside the
runtime image (Python, NumPy, Pillow) with no network; the same scene gives the same bytes.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

FAR = 1e9
EPSILON = 1e-3


def unit(vectors: Any) -> Any:
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)


def nearest_hit(
    origins: Any, directions: Any, scene: dict[str, Any], time: float
) -> tuple[Any, Any, Any, Any]:
    """Return distance, surface normal, colour and reflectivity per ray; distance FAR means sky."""
    distance = np.full(len(origins), FAR)
    normal = np.zeros_like(origins)
    colour = np.zeros_like(origins)
    mirror = np.zeros(len(origins))
    for sphere in scene["spheres"]:
        phase = sphere.get("phase", 0.0) + 2 * np.pi * time
        centre = np.array(sphere["centre"]) + np.array(
            [0.0, sphere.get("bounce", 0.0) * abs(np.sin(phase)), 0.0]
        )
        to_origin = origins - centre
        half_b = np.sum(to_origin * directions, axis=1)
        discriminant = half_b**2 - np.sum(to_origin**2, axis=1) + sphere["radius"] ** 2
        reach = -half_b - np.sqrt(np.maximum(discriminant, 0.0))
        hit = (discriminant > 0) & (reach > EPSILON) & (reach < distance)
        distance[hit] = reach[hit]
        normal[hit] = unit(origins[hit] + directions[hit] * reach[hit, None] - centre)
        colour[hit] = sphere["colour"]
        mirror[hit] = sphere["mirror"]
    down = directions[:, 1] < -1e-6
    reach = np.where(down, -origins[:, 1] / np.where(down, directions[:, 1], -1.0), FAR)
    hit = (reach > EPSILON) & (reach < distance)
    distance[hit] = reach[hit]
    normal[hit] = (0.0, 1.0, 0.0)
    point = origins[hit] + directions[hit] * reach[hit, None]
    checker = (np.floor(point[:, 0]) + np.floor(point[:, 2])) % 2
    colour[hit] = np.where(checker[:, None] > 0, scene["floor"][0], scene["floor"][1])
    mirror[hit] = 0.1
    return distance, normal, colour, mirror


def shade(origins: Any, directions: Any, scene: dict[str, Any], time: float, bounces: int) -> Any:
    """Return the RGB colour of every ray, in 0..1."""
    distance, normal, colour, mirror = nearest_hit(origins, directions, scene, time)
    sky = np.array(scene["sky"]) * (0.4 + 0.6 * np.clip(directions[:, 1:2], 0, 1))
    seen = distance < FAR
    result = sky.copy()
    if not seen.any():
        return result
    point = origins[seen] + directions[seen] * distance[seen, None] + normal[seen] * EPSILON
    to_light = unit(np.array(scene["light"]) - point)
    shadow = nearest_hit(point, to_light, scene, time)[0] < FAR
    lambert = np.clip(np.sum(normal[seen] * to_light, axis=1), 0, 1) * np.where(shadow, 0.2, 1.0)
    lit = colour[seen] * (0.15 + 0.85 * lambert[:, None])
    if bounces > 0:
        facing = np.sum(directions[seen] * normal[seen], axis=1)[:, None]
        reflected = shade(point, directions[seen] - 2 * facing * normal[seen], scene, time, bounces - 1)
        lit = lit * (1 - mirror[seen, None]) + reflected * mirror[seen, None]
    result[seen] = lit
    return result


def render(scene: dict[str, Any], frame: int) -> Image.Image:
    width, height = scene["width"], scene["height"]
    across, upward = np.meshgrid(
        np.linspace(-width / height, width / height, width), np.linspace(1.0, -1.0, height)
    )
    directions = unit(np.stack([across, upward * 0.9 - 0.15, np.full_like(across, 1.8)], axis=-1)).reshape(
        -1, 3
    )
    origins = np.tile(np.array(scene["camera"], dtype=float), (len(directions), 1))
    pixels = shade(origins, directions, scene, frame / scene["frames"], scene["bounces"])
    levels = (np.clip(pixels, 0, 1) ** (1 / 2.2) * 255 + 0.5).astype(np.uint8)
    return Image.fromarray(levels.reshape(height, width, 3))


def main() -> None:
    source, target = Path("/job/in"), Path("/job/out")
    scene = json.loads((source / "scene.json").read_text())
    frames = []
    for number in range(scene["frames"]):
        frame = render(scene, number)
        frame.save(target / f"frame-{number:02d}.png")
        frames.append(frame)
        sys.stdout.write(f"frame {number + 1}/{scene['frames']}\n")
        sys.stdout.flush()
    frames[0].save(target / "animation.gif", save_all=True, append_images=frames[1:], duration=80, loop=0)


if __name__ == "__main__":
    main()
